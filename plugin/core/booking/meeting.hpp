#pragma once
/// A meeting, as it is stored.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/booking/admission.hpp"
#include "plugin/core/booking/attendee_details.hpp"
#include "plugin/core/booking/cancel_reason.hpp"
#include "plugin/core/booking/meeting_clocks.hpp"
#include "plugin/core/booking/meeting_status.hpp"
#include "plugin/core/conferencing/location.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/interval/time_range.hpp"
#include "plugin/core/time/zone_id.hpp"

namespace scheduling {

enum class CancelledBy : std::uint8_t { attendee, host, system };
std::string_view name_of(CancelledBy by);
std::optional<CancelledBy> cancelled_by_of(std::string_view name);

struct Cancellation {
  Instant at;
  CancelledBy by = CancelledBy::attendee;
  std::optional<CancelReason> reason;
};

/// An address that a mail server refused for good.
struct MailFailure {
  std::string recipient;
  std::string kind;   ///< of the mail: "mail_booked"
  std::string reply;  ///< the server's words
  Instant at{};
};

/// What a person said about how it went; a status alone may come from the job.
struct RecordedOutcome {
  MeetingStatus outcome = MeetingStatus::completed;  ///< or no_show
  UserId by{};                                       ///< zero: a user who is gone
  Instant at{};
};

struct Meeting {
  MeetingId id{};
  MeetingTypeId type{};
  UserId host{};                      ///< the first of its hosts
  std::vector<UserId> other_hosts{};  ///< of a collective meeting, by id
  std::optional<ContactId> contact{};
  std::string attendee_name{};
  std::string attendee_email{};
  TimeRange time;
  ZoneId timezone = ZoneId::utc();  ///< the booker's
  std::optional<Location> location{};
  std::optional<std::string> notes{};
  std::vector<Answer> answers{};
  MeetingStatus status = MeetingStatus::scheduled;
  std::optional<std::string> calendar_event_id{};
  bool reminder_sent = false;
  Instant created_at{};
  Instant updated_at{};
  std::optional<MeetingId> rescheduled_from{};
  MeetingId chain{};  ///< the chain's first meeting; its own id when it is the first
  std::string ical_uid{};
  std::int32_t ical_sequence = 0;
  std::optional<std::string> phone{};
  std::vector<std::string> guests{};
  std::optional<std::string> locale{};
  UtmValues utm{};
  std::optional<Cancellation> cancellation{};
  std::chrono::minutes buffer_before{0};
  std::chrono::minutes buffer_after{0};
  std::optional<MeetingClocks> clocks{};  ///< as agreed; none: never written down
  std::optional<NotedClockChange> clock_change{};
  std::optional<Instant> confirm_by{};  ///< with `pending`: then the request expires
  std::vector<MailFailure> mail_failures{};
  std::vector<ReviewReason> held_for_review{};  ///< with `pending`: only its host hears of it until they confirm
  std::optional<UserId> booked_by{};            ///< the rep who booked for the attendee
  bool awaits_verification = false;  ///< with `pending`: nobody hears of it until the attendee's address is proved

  std::optional<RecordedOutcome> outcome{};
  bool is_erased = false;  ///< nobody knows any more who it was with

  /// Whether attendee and guests were told nothing so far, and are told nothing.
  bool is_unheard() const { return awaits_verification || !held_for_review.empty(); }
};

/// The first one first.
std::vector<UserId> hosts_of(const Meeting& meeting);
bool is_hosted_by(const Meeting& meeting, UserId user);

/// The place as its attendee may see it: while the host has not confirmed, nothing that leads into a room.
std::optional<Location> location_for_attendee(const Meeting& meeting);

/// See published_text() of a location and of a reason.
std::optional<std::string> published_location(const Meeting& meeting);
std::optional<std::string> published_cancel_reason(const Meeting& meeting);

}  // namespace scheduling
