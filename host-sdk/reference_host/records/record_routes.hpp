#pragma once
/// The CRM's records: /api/v1/records…
#include <vector>

#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "reference_host/records/record_book.hpp"

namespace crm::app {

struct RecordServices {
  sdk::Database& database;
  sdk::Users& users;
  sdk::Log& log;
  PgRecordBook& records;
};

/// `services` is copied; what it refers to must outlive the routes.
std::vector<sdk::Route> record_routes(const RecordServices& services);

}  // namespace crm::app
