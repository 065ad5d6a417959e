#pragma once
/// Identifiers of the CRM's own rows. Distinct types, so that a user is never taken for a record.
/// Since: SDK 1.0
#include <compare>
#include <cstdint>
#include <functional>

namespace crm::sdk {

template <class Tag>
struct Id {
  std::int64_t value = 0;  ///< positive for stored rows; 0 means "none yet"
  explicit operator bool() const { return value != 0; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using UserId = Id<struct UserTag>;
using RecordId = Id<struct RecordTag>;
using ActivityId = Id<struct ActivityTag>;

}  // namespace crm::sdk

template <class Tag>
struct std::hash<crm::sdk::Id<Tag>> {
  std::size_t operator()(const crm::sdk::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
