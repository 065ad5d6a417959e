#pragma once
/// What services ask of a provider whose rooms are no calendar's: Zoom.
///
/// Thread: any. Blocks: never call it in a transaction that holds a host's lock. Source: ADR-0036.
#include <string>
#include <string_view>

#include "plugin/core/interval/time_range.hpp"
#include "plugin/ports/calendar/provider_trouble.hpp"

namespace scheduling {

struct RoomDraft {
  std::string mark{};  ///< the meeting's UID: by it a room is found again whose making nobody answered for
  std::string topic{};
  TimeRange time;
};

struct MadeRoom {
  std::string id{};
  std::string join_url{};  ///< for everybody; what lets in as the host is never kept
};

class RoomProvider {
 public:
  virtual ~RoomProvider() = default;
  virtual std::string_view name() const noexcept = 0;
  /// The administrator has set it up, in one way or the other.
  virtual bool makes_rooms() const = 0;
  /// The CRM makes rooms by itself, for whoever has the host's address there; else each user connects.
  virtual bool has_own_account() const = 0;
  /// A token for the CRM's own account; kept for as long as it lives, unless it is `refused`.
  virtual Told<std::string> own_access(std::string_view refused) = 0;

  /// `owner`: an address, or "me".
  virtual Told<MadeRoom> create_room(std::string_view access, std::string_view owner, const RoomDraft& draft) = 0;
  /// `not_found` when no room that is ahead bears the mark.
  virtual Told<MadeRoom> find_room(std::string_view access, std::string_view owner, const RoomDraft& draft) = 0;
  virtual Told<bool> update_room(std::string_view access, std::string_view id, const RoomDraft& draft) = 0;
  /// What is gone already is `not_found`.
  virtual Told<bool> delete_room(std::string_view access, std::string_view id) = 0;
};

}  // namespace scheduling
