#pragma once
/// Starts the private PostgreSQL again when somebody kills it.
#include <thread>

#include "crm/sdk/services.hpp"
#include "reference_host/embedded_postgres/embedded_postgres.hpp"

namespace crm::app {

class DatabaseWatch {
 public:
  /// `server` must outlive this object.
  DatabaseWatch(EmbeddedPostgres& server, sdk::Log& log);

 private:
  std::jthread thread_;
};

}  // namespace crm::app
