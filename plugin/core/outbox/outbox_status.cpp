#include "plugin/core/outbox/outbox_status.hpp"

#include <algorithm>
#include <array>

namespace scheduling {
namespace {

constexpr std::array<std::string_view, 5> k_outbox_names = {"waiting", "held", "done", "dead", "dropped"};

}  // namespace

std::string_view name_of(OutboxStatus status) {
  return k_outbox_names.at(static_cast<std::size_t>(status));
}

std::optional<OutboxStatus> outbox_status_of(std::string_view name) {
  const auto found = std::ranges::find(k_outbox_names, name);
  if (found == k_outbox_names.end()) return std::nullopt;
  return static_cast<OutboxStatus>(found - k_outbox_names.begin());
}

}  // namespace scheduling
