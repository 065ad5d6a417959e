#pragma once
/// Links as people type and forward them: capitals, and what a sentence or a mail program puts behind them (B-8).
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/http.hpp"
#include "plugin/services/catalog/scheduling_service.hpp"

namespace scheduling {

/// "Demo", "demo." and "demo)" → "demo".
std::string tidy_slug(std::string_view slug);
/// "abc." and "abc>" → "abc". Letters stay as they are: tokens are case-sensitive.
std::string_view tidy_token(std::string_view token);

/// 308 to `path` with the query as it was sent.
crm::sdk::Response moved_for_good(const std::string& path, const crm::sdk::Request& request);
/// 308 to the same address with a tidy {token}; none when it is tidy. Keeps the method.
std::optional<crm::sdk::Response> to_tidy_token(const crm::sdk::Request& request);

std::string path_of(const SchedulingPage& page);                  ///< "/schedule/demo"
std::string path_of(const SchedulingService::PublicType& found);  ///< "/schedule/demo/call"
/// 308 to where the type is found today, and `rest` behind it, when it was asked for in another way: in capitals, under
/// a former slug.
std::optional<crm::sdk::Response> moved_type(const SchedulingService::PublicType& found,
                                             const crm::sdk::Request& request, const std::string& rest);

}  // namespace scheduling
