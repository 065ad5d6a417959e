#pragma once
/// Says of an answer that its free times were told from memory because the database is away.
#include "crm/sdk/http.hpp"
#include "plugin/services/availability/availability_service.hpp"

namespace scheduling {

/// Begun before anything is asked. Says it once too often, never once too rarely: another answer of that moment may
/// have been the one that came from memory.
class FromMemory {
 public:
  explicit FromMemory(const AvailabilityService& availability)
      : availability_(availability), before_(availability.from_memory()) {}

  bool holds() const { return availability_.from_memory() != before_; }
  /// The header; in JSON `{"data":{…}}` the member `from_memory`, too.
  void mark(crm::sdk::Response& response) const;

 private:
  const AvailabilityService& availability_;
  const std::uint64_t before_;
};

}  // namespace scheduling
