#pragma once
/// How far an effect outside the database has gone.
#include <cstdint>
#include <optional>
#include <string_view>

namespace scheduling {

enum class OutboxStatus : std::uint8_t {
  waiting,
  held,  ///< a limit keeps a first mail back until somebody releases it
  done,
  dead,     ///< given up: refused for good, or refused too often
  dropped,  ///< no longer wanted when its turn came
};
std::string_view name_of(OutboxStatus status);
std::optional<OutboxStatus> outbox_status_of(std::string_view name);

}  // namespace scheduling
