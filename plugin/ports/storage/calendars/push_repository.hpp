#pragma once
/// Channels over which providers tell that a calendar changed. Source: ADR-0036.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

struct StoredChannel {
  CalendarId calendar{};
  std::string channel{};
  std::string secret_hash{};  ///< SHA-256, 32 raw bytes
  std::string resource{};
  Instant expires_at{};
};

class PushRepository {
 public:
  virtual ~PushRepository() = default;
  virtual Result<std::vector<StoredChannel>> of_connection(ConnectionId connection) = 0;
  virtual Result<std::optional<StoredChannel>> find(std::string_view channel, std::string_view provider) = 0;
  /// In the place of the calendar's channel before.
  virtual Done save(const StoredChannel& channel) = 0;
  virtual Done remove(std::string_view channel) = 0;
  /// The calendar's connection is read soon, unless it waits because its provider is away.
  virtual Done hint(CalendarId calendar, Instant now) = 0;
};

}  // namespace scheduling
