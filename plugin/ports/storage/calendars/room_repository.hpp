#pragma once
/// Rooms of video calls: those that are no event's, and the links by which people come. Source: ADR-0036.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/outbox/outbox_message.hpp"
#include "plugin/core/result.hpp"

namespace scheduling {

enum class RoomStage : std::uint8_t {
  wished,  ///< written before the provider is asked; whether it did is not known yet
  made,
  gone,
};
constexpr std::string_view name_of(RoomStage stage) {
  constexpr std::string_view names[] = {"wished", "made", "gone"};
  return names[static_cast<std::size_t>(stage)];
}

/// Of one chain of moves.
struct MeetingRoom {
  MeetingId chain{};
  UserId user{};
  std::optional<ConnectionId> connection{};  ///< none: in the account of the CRM
  RoomStage stage = RoomStage::wished;
  std::string id{};  ///< the provider's
  std::string join_url{};
  TimeRange time;
  std::string topic_hash{};
  Instant wished_at{};
};

struct RoomLink {
  MeetingId meeting{};
  std::optional<std::string> url{};
  std::optional<std::string> location{};  ///< see published_location()
  bool is_news = false;                   ///< people heard of the meeting without it: the calendar file changes
  std::vector<OutboxMessage> messages{};
};

class RoomRepository {
 public:
  virtual ~RoomRepository() = default;
  virtual Result<std::optional<MeetingRoom>> find(MeetingId chain) = 0;
  virtual Done save(const MeetingRoom& room) = 0;
  virtual Result<std::int64_t> count_wished(UserId user, Instant since) = 0;
  virtual Result<std::optional<ConnectionId>> account_of(UserId user, std::string_view provider) = 0;
  virtual Done set_link(const RoomLink& link, Instant now) = 0;
  /// Whether something still waits that will bring the meeting its room.
  virtual Result<bool> is_expected(MeetingId meeting) = 0;
  /// The meeting's hosts' calendars are written anew.
  virtual Done want_event(MeetingId meeting) = 0;
};

}  // namespace scheduling
