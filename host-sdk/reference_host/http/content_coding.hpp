#pragma once
/// Which content coding a client takes: its Accept-Encoding, as RFC 9110, 12.5.3 reads it.
#include <initializer_list>
#include <string_view>

#include "crm/sdk/http.hpp"

namespace crm::app {

inline constexpr std::string_view k_identity = "identity";  ///< sent as it is

/// The one of `offered` that the client likes best, of equal ones the first; `identity` when it likes none of them
/// better. A client that takes nothing at all, not even `identity`, gets that all the same: an answer in a coding it
/// did not ask for is of more use than none.
std::string_view choose_coding(const sdk::Request& request, std::initializer_list<std::string_view> offered);

/// Whether the client refuses bodies that are sent as they are.
bool refuses_identity(const sdk::Request& request);

/// Tells caches that the answer depends on Accept-Encoding; names that stand in its Vary already are kept.
void vary_by_coding(sdk::Response& response);

}  // namespace crm::app
