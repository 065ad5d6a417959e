#include "plugin/services/calendars/room_news.hpp"

#include <algorithm>

#include "plugin/ports/storage/calendars/room_repository.hpp"
#include "plugin/ports/storage/outbox_repository.hpp"
#include "plugin/services/meeting/activity_entry.hpp"

namespace scheduling {
namespace {

/// A mail of this meeting left, or may have.
bool has_left(const ChainMail& mail, MeetingId meeting) {
  return mail.meeting == meeting && mail.mail.event != MeetingEvent::verify &&
         (mail.status == OutboxStatus::done || mail.may_have_left);
}

}  // namespace

Done room_arrived(Transaction& transaction, MeetingDetails details, const std::string& url, Instant now) {
  Meeting& meeting = details.meeting;
  if (!meeting.location || meeting.location->join_url == url) return {};
  meeting.location->join_url = url;
  auto chain = transaction.outbox().mails_of_chain(meeting.id);
  if (!chain) return fail(std::move(chain.error()));
  RoomLink link{.meeting = meeting.id, .url = url, .location = published_location(meeting)};
  link.is_news = std::ranges::any_of(chain->mails, [&](const ChainMail& each) { return has_left(each, meeting.id); });
  if (link.is_news) {
    ++meeting.ical_sequence;
    link.messages = notifications_of(MeetingEvent::room, details);
  }
  meeting.updated_at = now;
  if (auto set = transaction.rooms().set_link(link, now); !set) return set;
  return write_activity_entry(transaction, details, {});
}

}  // namespace scheduling
