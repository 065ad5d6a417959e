#include "plugin/services/calendars/calendar_write_handler.hpp"

#include "plugin/core/mail/participants.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/calendars/room_news.hpp"

namespace scheduling {
namespace {

using End = HandlerOutcome::End;

constexpr int k_attempts_max = 20;
constexpr const char* k_language = "en";

HandlerOutcome in_step(std::string why) {
  return {End::obsolete, std::move(why), true};
}

/// What a connection or a provider will perhaps take later.
HandlerOutcome refused(const ProviderError& error) {
  HandlerOutcome outcome{End::refused_for_now, std::string(name_of(error.trouble)), false};
  if (!error.detail.empty()) outcome.reason += ": " + error.detail;
  if (error.trouble == ProviderTrouble::refused) outcome.end = End::refused_for_good;
  outcome.retry_after = error.retry_after;
  return outcome;
}

/// The room that this provider can make with an event; none for a place that is no such room.
EventRoom room_of(std::string_view provider, const Meeting& meeting) {
  if (!meeting.location || !wants_room(*meeting.location)) return EventRoom::none;
  if (provider == "google" && meeting.location->kind == LocationType::google_meet) return EventRoom::google_meet;
  if (provider == "outlook" && meeting.location->kind == LocationType::teams) return EventRoom::teams;
  return EventRoom::none;
}

/// The event has its own link to a room that came with it, so its text need not change when that comes.
Meeting without_own_room(Meeting meeting, EventRoom room) {
  if (room != EventRoom::none && meeting.location) meeting.location->join_url.reset();
  return meeting;
}

/// Base32hex in lower case, which every provider takes as an id.
std::string base32hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdefghijklmnopqrstuv";
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char byte : bytes) {
    buffer = (buffer << 8U) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) out += digits[(buffer >> static_cast<unsigned>(bits - 5)) & 31U];
    buffer &= (1U << static_cast<unsigned>(bits)) - 1U;
  }
  return out;
}

bool is_as(const RemoteEvent& event, const EventDraft& draft) {
  const auto shows = [](const std::optional<RemoteTime>& time, Instant instant) {
    return time && std::holds_alternative<Instant>(*time) && std::get<Instant>(*time) == instant;
  };
  return !event.is_cancelled && shows(event.start, draft.start) && shows(event.end, draft.end);
}

bool is_elsewhere(const WrittenEvent& written, const WritingCalendar& place) {
  if (written.connection != place.connection) return true;
  return written.calendar != place.calendar && !written.is_placed;
}

/// Its host did.
void put_in(WrittenEvent& event, std::string calendar) {
  event.is_placed = event.is_placed || event.calendar != calendar;
  event.calendar = std::move(calendar);
}

/// Nobody lets us into the calendar where the event was: it stays there, and the new one is written all the same.
bool is_lost_calendar(const HandlerOutcome& outcome) {
  return outcome.reason.starts_with(name_of(ProviderTrouble::consent_gone));
}

}  // namespace

std::string CalendarWriteHandler::id_of(const std::string& uid, UserId user, int attempt) const {
  const std::string name = uid + ":" + std::to_string(user.value) + ":" + std::to_string(attempt);
  return base32hex(vault_.digest(name)).substr(0, 40);
}

Result<HandlerOutcome> CalendarWriteHandler::handle(Transaction& transaction, const ClaimedMessage& message) {
  const UserId user = std::get<CalendarWrite>(message.message).user;
  CalendarRepository& calendars = transaction.calendars();
  auto hosts = calendars.meeting_of_host(message.meeting, user);
  if (!hosts) return fail(std::move(hosts.error()));
  if (!*hosts) return in_step("there is no such meeting");
  auto meeting = transaction.meetings().find((*hosts)->newest, Lock::none);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting) return in_step("there is no such meeting");
  auto written = calendars.find_event((*meeting)->chain, user);
  if (!written) return fail(std::move(written.error()));
  bool is_live = *written && (*written)->is_live && (*written)->connection;
  const bool is_over = (*meeting)->time.end() <= clock_.now();

  auto place = calendars.writing_calendar(user);
  if (!place) return fail(std::move(place.error()));
  const bool tells = !*place || (*place)->invites == Invites::provider;
  const bool has_ended = (*meeting)->status == MeetingStatus::completed || (*meeting)->status == MeetingStatus::no_show;
  // What is over is left alone, unless its event still tells who it was with.
  const bool forgets = (*meeting)->is_erased && is_live;
  if ((is_over || has_ended) && !forgets) return in_step("the meeting is over");
  const bool is_wanted =
      (*hosts)->is_host && ((*meeting)->status == MeetingStatus::scheduled || (forgets && has_ended));
  if (!is_wanted) {
    if (!is_live && !*place) return in_step("nothing was written");
    if (!is_live) return remove_unnoted(transaction, **meeting, user, **place, tells && (*meeting)->host == user);
    return remove(transaction, **written, tells && (*meeting)->host == user);
  }
  if (!*place) return in_step("the host writes no calendar");
  if (is_live && is_elsewhere(**written, **place)) {
    // Another calendar is written to since: the event goes from there to here.
    auto gone = remove(transaction, **written, tells && (*meeting)->host == user);
    if (!gone || (gone->end != End::done && !is_lost_calendar(*gone))) return gone;
    (*written)->is_live = false;
    is_live = false;
  }
  auto details = load_meeting_details(transaction, std::move(**meeting));
  if (!details) return fail(std::move(details.error()));
  auto task = task_of(*details, user, *written, **place);
  if (!task) return fail(std::move(task.error()));
  task->is_repeated = message.attempts > 0;
  task->tries = message.attempts;
  if (!is_live) return create(transaction, *task);
  if ((*written)->time != task->event.time || (*written)->content_hash != task->event.content_hash)
    return update(transaction, *task);
  if (task->draft.room != EventRoom::none) return look_for_room(transaction, *task);
  return in_step("the calendar shows it already");
}

/// The event was written, and its room had not been made by then. A wish that failed is told again, as another wish.
Result<HandlerOutcome> CalendarWriteHandler::look_for_room(Transaction& transaction, Task& task) {
  auto now = access_.call(*task.event.connection, [&](CalendarProvider& provider, const std::string& access) {
    return provider.find_event(access, task.event.calendar, task.draft.id);
  });
  if (!now && !now.is(ProviderTrouble::not_found)) return refused(now.error());
  if (!now || now->is_cancelled) return in_step("the event is gone");  // a reading decides what that means
  const bool is_open = now->room == RoomState::pending || now->room == RoomState::ready;
  task.event.etag = now->etag;
  if (is_open) return save(transaction, task, *now);
  task.draft.room_request += "-" + std::to_string(task.tries);
  auto asked = access_.call(*task.event.connection, [&](CalendarProvider& provider, const std::string& access) {
    return provider.update_event(access, task.event.calendar, task.draft, task.event.etag);
  });
  if (asked) return save(transaction, task, *asked);
  // Nothing else changed, so nothing else is written: each write may tell the attendees.
  if (asked.is(ProviderTrouble::refused)) return HandlerOutcome{End::refused_for_now, "room_failed", true};
  return refused(asked.error());
}

/// An event that has attendees says nothing that is not for all of them: no notes, answers or numbers.
Result<CalendarWriteHandler::Task> CalendarWriteHandler::task_of(const MeetingDetails& details, UserId user,
                                                                 const std::optional<WrittenEvent>& written,
                                                                 const WritingCalendar& place) const {
  const Meeting& meeting = details.meeting;
  const bool invites = place.invites == Invites::provider && meeting.host == user;
  const MailRole reader = invites ? MailRole::guest : MailRole::host;
  EventDraft draft;
  draft.mark = meeting.ical_uid;
  draft.start = meeting.time.start();
  draft.end = meeting.time.end();
  draft.zone = meeting.clocks ? meeting.clocks->host_zone.name() : meeting.timezone.name();
  const bool is_first_host = meeting.host == user;
  const EventRoom room = is_first_host ? room_of(place.provider, meeting) : EventRoom::none;
  draft.location =
      places_.text(k_language, without_own_room(meeting, room), {reader, details.host.name, meeting.attendee_name});
  draft.summary = event_title(details, draft.location, reader);
  draft.description = event_description(details, draft.location, reader);
  draft.tells_attendees = invites;
  if (invites)
    for (const Participant& each : participants_of(meeting, details.host.name, details.host.email))
      if (each.role != MailRole::host) draft.attendees.emplace_back(each.address, each.name);

  std::string invited;
  for (const auto& [address, name] : draft.attendees) invited += address + "\n";
  const std::string invited_hash = vault_.digest(invited);

  const bool stays = written && written->is_live && written->connection;
  // What earlier versions wrote down does not say who was invited; then they stay as they are, unless one is erased.
  const bool is_known = stays && written->content_hash.size() > invited_hash.size();
  draft.replaces_attendees =
      stays && invites && (is_known ? !written->content_hash.ends_with(invited_hash) : meeting.is_erased);
  const int attempt = written ? written->attempt + (stays ? 0 : 1) : 1;
  draft.id = stays ? written->event_id : id_of(meeting.ical_uid, user, attempt);
  draft.room_request = id_of(meeting.ical_uid, user, attempt);
  const bool has_room = stays && !written->room_url.empty();
  draft.room = has_room ? EventRoom::none : room;
  // A text that tells of somebody who is erased goes, and the provider's link in it too: it stands with the meeting.
  draft.keeps_body = has_room && room == EventRoom::teams && !meeting.is_erased;
  WrittenEvent event{meeting.chain,
                     user,
                     stays ? written->connection : std::optional(place.connection),
                     stays ? written->calendar : place.calendar,
                     draft.id,
                     stays ? written->etag : std::string(),
                     attempt,
                     true,
                     meeting.id,
                     meeting.time,
                     vault_.digest(draft.summary + "\n" + draft.description + "\n" + draft.location) + invited_hash,
                     AttendeeResponse::none};
  event.mark = meeting.ical_uid;
  event.is_placed = stays && written->is_placed && written->calendar != place.calendar;
  if (has_room) event.room_url = written->room_url;
  if (written && written->meeting == meeting.id) {
    event.response = written->response;
    event.host_move = written->host_move;
    event.host_move_rule = written->host_move_rule;
  }
  return Task{std::move(event), std::move(draft), details, room};
}

/// Where its owner put the event, should it be gone from where we wrote it.
Result<Told<OwnEvent>> CalendarWriteHandler::find_in_account(Transaction& transaction, const WrittenEvent& written) {
  auto account = transaction.calendars().list({}, written.connection);
  if (!account) return fail(std::move(account.error()));
  return find_own_event(access_, *written.connection, calendars_from(*account, written.calendar), written.mark);
}

/// The id says which try this is, so a try whose outcome nobody knows is found again under its id.
Result<HandlerOutcome> CalendarWriteHandler::create(Transaction& transaction, Task& task) {
  const ConnectionId connection = *task.event.connection;
  for (int tries = 0; tries < k_attempts_max; ++tries) {
    if (!task.is_repeated) {
      auto made = access_.call(connection, [&](CalendarProvider& provider, const std::string& access) {
        return provider.insert_event(access, task.event.calendar, task.draft);
      });
      if (made) return save(transaction, task, *made);
      if (gives_up_room(made.error(), task)) continue;
      if (!made.is(ProviderTrouble::already_exists)) return refused(made.error());
    }
    const bool is_taken = !task.is_repeated;
    task.is_repeated = false;
    auto found = access_.call(connection, [&](CalendarProvider& provider, const std::string& access) {
      return provider.find_inserted(access, task.event.calendar, task.draft);
    });
    if (found.is(ProviderTrouble::not_found)) {
      auto moved = find_in_account(transaction, task.event);
      if (!moved) return fail(std::move(moved.error()));
      if (*moved) put_in(task.event, std::move((*moved)->calendar));
      found = *moved ? Told<RemoteEvent>(std::move((*moved)->event)) : Told<RemoteEvent>(moved->error());
    }
    if (!found && !found.is(ProviderTrouble::not_found)) return refused(found.error());
    if (!found && !is_taken) continue;  // the try before did not arrive
    if (found && is_as(*found, task.draft)) return save(transaction, task, *found);
    if (found && !found->is_cancelled) {
      task.event.etag = found->etag;
      task.draft.id = task.event.event_id = found->id;
      return update(transaction, task);
    }
    // Ids of deleted events stay taken.
    begin_again(task);
  }
  return HandlerOutcome{End::refused_for_now, "no id for the event is free", true};
}

Result<HandlerOutcome> CalendarWriteHandler::update(Transaction& transaction, Task& task) {
  const ConnectionId connection = *task.event.connection;
  for (int tries = 0; tries < k_attempts_max; ++tries) {
    auto changed = access_.call(connection, [&](CalendarProvider& provider, const std::string& access) {
      return provider.update_event(access, task.event.calendar, task.draft, task.event.etag);
    });
    if (changed && !changed->is_cancelled) return save(transaction, task, *changed);
    if (!changed && gives_up_room(changed.error(), task)) continue;
    const bool is_gone = changed || changed.is(ProviderTrouble::not_found);
    if (!is_gone && !changed.is(ProviderTrouble::changed)) return refused(changed.error());
    if (!is_gone) {
      auto now = access_.call(connection, [&](CalendarProvider& provider, const std::string& access) {
        return provider.find_event(access, task.event.calendar, task.draft.id);
      });
      if (!now && !now.is(ProviderTrouble::not_found)) return refused(now.error());
      if (now && is_as(*now, task.draft)) return save(transaction, task, *now);
      if (now && !now->is_cancelled) {
        task.event.etag = now->etag;
        continue;
      }
    }
    auto moved = find_in_account(transaction, task.event);
    if (!moved) return fail(std::move(moved.error()));
    if (!*moved && !moved->is(ProviderTrouble::not_found)) return refused(moved->error());
    if (*moved) {
      put_in(task.event, std::move((*moved)->calendar));
      task.event.etag = (*moved)->event.etag;
      task.draft.id = task.event.event_id = (*moved)->event.id;
      continue;
    }
    if (task.is_recreated) return HandlerOutcome{End::refused_for_now, "the event is deleted all the time", true};
    task.is_recreated = true;
    // Deleted by the host, and then moved or changed here: whoever did that wants the meeting to take place.
    begin_again(task);
    return create(transaction, task);
  }
  return HandlerOutcome{End::refused_for_now, "the event changes all the time", true};
}

Result<HandlerOutcome> CalendarWriteHandler::remove(Transaction& transaction, const WrittenEvent& written,
                                                    bool tells_attendees) {
  auto removed = access_.call(*written.connection, [&](CalendarProvider& provider, const std::string& access) {
    return provider.delete_event(access, written.calendar, written.event_id, tells_attendees);
  });
  if (removed.is(ProviderTrouble::not_found)) {
    // Its owner gave it another name perhaps, or another place.
    auto moved = find_in_account(transaction, written);
    if (!moved) return fail(std::move(moved.error()));
    if (*moved)
      removed = access_.call(*written.connection, [&](CalendarProvider& provider, const std::string& access) {
        return provider.delete_event(access, (*moved)->calendar, (*moved)->event.id, tells_attendees);
      });
    else if (!moved->is(ProviderTrouble::not_found))
      return refused(moved->error());
  }
  if (!removed && !removed.is(ProviderTrouble::not_found)) return refused(removed.error());
  WrittenEvent gone = written;
  gone.is_live = false;
  gone.room_url.clear();  // it went with its event
  auto saved = transaction.calendars().save_event(gone, clock_.now());
  if (!saved) return fail(std::move(saved.error()));
  return HandlerOutcome{};
}

/// The meeting ended before anybody noted its event, which may stand there all the same: an answer was lost, or the
/// process died. Its mark tells.
Result<HandlerOutcome> CalendarWriteHandler::remove_unnoted(Transaction& transaction, const Meeting& meeting,
                                                            UserId user, const WritingCalendar& place,
                                                            bool tells_attendees) {
  auto found = find_own_event(access_, place.connection, {place.calendar}, meeting.ical_uid);
  if (found.is(ProviderTrouble::not_found)) return in_step("nothing was written");
  if (!found) return refused(found.error());
  // Two hosts of one meeting may share a calendar, and the other's event bears the same mark.
  for (const UserId other : hosts_of(meeting)) {
    auto theirs = transaction.calendars().find_event(meeting.chain, other);
    if (!theirs) return fail(std::move(theirs.error()));
    if (other != user && *theirs && (*theirs)->is_live && (*theirs)->event_id == found->event.id)
      return in_step("nothing was written");
  }
  auto removed = access_.call(place.connection, [&](CalendarProvider& provider, const std::string& access) {
    return provider.delete_event(access, found->calendar, found->event.id, tells_attendees);
  });
  if (!removed && !removed.is(ProviderTrouble::not_found)) return refused(removed.error());
  return HandlerOutcome{};
}

Result<HandlerOutcome> CalendarWriteHandler::save(Transaction& transaction, Task& task,
                                                  const RemoteEvent& event) const {
  task.event.etag = event.etag;
  if (!event.id.empty()) task.event.event_id = event.id;
  const bool lacks_room = task.room != EventRoom::none && task.event.room_url.empty();
  if (lacks_room && event.room == RoomState::ready) task.event.room_url = event.join_url;
  auto saved = transaction.calendars().save_event(task.event, clock_.now());
  if (!saved) return fail(std::move(saved.error()));
  if (!lacks_room) return HandlerOutcome{};
  if (task.event.room_url.empty()) {
    // The meeting stands in the calendar; its room is looked for until the provider has made it.
    const bool is_pending = event.room == RoomState::pending;
    return HandlerOutcome{End::refused_for_now, is_pending ? "room_pending" : "room_failed", true};
  }
  if (auto told = room_arrived(transaction, task.details, task.event.room_url, clock_.now()); !told)
    return fail(std::move(told.error()));
  return HandlerOutcome{};
}

/// A provider that makes no rooms for this account refuses the whole event: then the event stands without one, and the
/// wish is told again later.
bool CalendarWriteHandler::gives_up_room(const ProviderError& error, Task& task) {
  if (error.trouble != ProviderTrouble::refused || task.draft.room == EventRoom::none) return false;
  task.draft.room = EventRoom::none;
  return true;
}

/// With the next id, and a wish for a room of its own.
void CalendarWriteHandler::begin_again(Task& task) const {
  ++task.event.attempt;
  task.draft.id = task.event.event_id = id_of(task.draft.mark, task.event.user, task.event.attempt);
  task.draft.room_request = task.draft.id;
  task.draft.room = task.room;
  task.event.room_url.clear();
}

}  // namespace scheduling
