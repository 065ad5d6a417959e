#include "plugin/http/from_memory.hpp"

#include <string_view>

namespace scheduling {

void FromMemory::mark(crm::sdk::Response& response) const {
  if (!holds()) return;
  constexpr std::string_view k_begin = "{\"data\":{";
  response.headers.push_back({"X-From-Memory", "true"});
  if (response.body.starts_with(k_begin)) response.body.insert(k_begin.size(), "\"from_memory\":true,");
}

}  // namespace scheduling
