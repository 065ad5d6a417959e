#include "plugin/services/calendars/room_write_handler.hpp"

#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/calendars/room_news.hpp"

namespace scheduling {
namespace {

using End = HandlerOutcome::End;

/// Zoom lets a user make a hundred meetings a day. Whoever asks on is refused for longer.
constexpr std::int64_t k_rooms_a_day = 100;
constexpr std::chrono::hours k_day{24};
constexpr std::chrono::hours k_wait_at_limit{1};

HandlerOutcome no_work(std::string why) {
  return {End::obsolete, std::move(why), true};
}

/// The booking stands whatever the provider says, so nothing is refused for good.
HandlerOutcome room_refused(const ProviderError& error) {
  HandlerOutcome outcome{End::refused_for_now, std::string(name_of(error.trouble)), false};
  if (!error.detail.empty()) outcome.reason += ": " + error.detail;
  outcome.retry_after = error.retry_after;
  return outcome;
}

bool is_wanted(const Meeting& meeting) {
  return meeting.status == MeetingStatus::scheduled && meeting.location &&
         meeting.location->kind == LocationType::zoom && wants_room(*meeting.location);
}

}  // namespace

template <class Work>
auto RoomWriteHandler::ask(const Account& account, Work&& work) -> decltype(work(std::declval<const std::string&>())) {
  if (account.connection)
    return access_.call(*account.connection,
                        [&](CalendarProvider&, const std::string& access) { return work(access); });
  std::string refused;
  for (bool is_second = false;; is_second = true) {
    auto access = rooms_.own_access(refused);
    if (!access) return access.error();
    auto told = work(std::as_const(*access));
    if (is_second || !told.is(ProviderTrouble::token_refused)) return told;
    refused = std::move(*access);
  }
}

Result<std::optional<RoomWriteHandler::Account>> RoomWriteHandler::account_of(Transaction& transaction,
                                                                              const Person& host) const {
  if (!rooms_.makes_rooms()) return std::optional<Account>{};
  if (rooms_.has_own_account()) return std::optional(Account{{}, host.email});
  auto connection = transaction.rooms().account_of(host.id, rooms_.name());
  if (!connection) return fail(std::move(connection.error()));
  if (!*connection) return std::optional<Account>{};
  return std::optional(Account{**connection, "me"});
}

RoomDraft RoomWriteHandler::draft_of(const MeetingDetails& details) const {
  return {details.meeting.ical_uid, event_title(details, "", MailRole::guest), details.meeting.time};
}

Result<HandlerOutcome> RoomWriteHandler::handle(Transaction& transaction, const ClaimedMessage& message) {
  auto hosts = transaction.calendars().meeting_of_host(message.meeting, message.host);
  if (!hosts) return fail(std::move(hosts.error()));
  if (!*hosts) return no_work("there is no such meeting");
  auto meeting = transaction.meetings().find((*hosts)->newest, Lock::none);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting) return no_work("there is no such meeting");
  if ((*meeting)->time.end() <= clock_.now()) return no_work("the meeting is over");
  auto room = transaction.rooms().find((*meeting)->chain);
  if (!room) return fail(std::move(room.error()));
  auto details = load_meeting_details(transaction, std::move(**meeting));
  if (!details) return fail(std::move(details.error()));

  const bool stands = *room && (*room)->stage != RoomStage::gone;
  const bool is_ours = is_wanted(details->meeting) && (!stands || (*room)->user == details->meeting.host);
  if (stands && !is_ours) {
    auto gone = remove(transaction, *details, **room);
    if (!gone || gone->end != End::done || !is_wanted(details->meeting)) return gone;
    room->reset();
  }
  if (!is_wanted(details->meeting)) return no_work("no room is wanted");
  auto account = account_of(transaction, details->host);
  if (!account) return fail(std::move(account.error()));
  if (!*account) return no_work("the host has no account at Zoom here");
  if (*room && (*room)->stage == RoomStage::made) return move(transaction, *details, **account, std::move(**room));
  return make(transaction, *details, **account, *room);
}

Result<HandlerOutcome> RoomWriteHandler::make(Transaction& transaction, const MeetingDetails& details,
                                              const Account& account, const std::optional<MeetingRoom>& before) {
  const Instant now = clock_.now();
  const Meeting& meeting = details.meeting;
  const RoomDraft draft = draft_of(details);
  MeetingRoom room{meeting.chain,
                   meeting.host,
                   account.connection,
                   RoomStage::wished,
                   {},
                   {},
                   meeting.time,
                   vault_.digest(draft.topic),
                   now};
  // A wish of before, whose end nobody knows.
  if (before && before->stage == RoomStage::wished) {
    auto found =
        ask(account, [&](const std::string& access) { return rooms_.find_room(access, account.owner, draft); });
    if (!found && !found.is(ProviderTrouble::not_found)) return room_refused(found.error());
    if (found) {
      room.id = found->id;
      room.join_url = found->join_url;
      room.time = before->time;
      room.topic_hash = before->topic_hash;
      return move(transaction, details, account, std::move(room));
    }
  }
  auto count = transaction.rooms().count_wished(meeting.host, now - k_day);
  if (!count) return fail(std::move(count.error()));
  if (*count >= k_rooms_a_day)
    return HandlerOutcome{End::refused_for_now, "daily_limit: a hundred rooms were made today", true, k_wait_at_limit};
  auto wished = transactions_.in_transaction([&](Transaction& own) { return own.rooms().save(room); });
  if (!wished) return fail(std::move(wished.error()));
  auto made = ask(account, [&](const std::string& access) { return rooms_.create_room(access, account.owner, draft); });
  if (!made) return room_refused(made.error());
  room.id = made->id;
  room.join_url = made->join_url;
  return keep(transaction, details, std::move(room));
}

Result<HandlerOutcome> RoomWriteHandler::move(Transaction& transaction, const MeetingDetails& details,
                                              const Account& account, MeetingRoom room) {
  const RoomDraft draft = draft_of(details);
  const std::string hash = vault_.digest(draft.topic);
  if (room.time == details.meeting.time && room.topic_hash == hash) return keep(transaction, details, std::move(room));
  auto moved = ask(account, [&](const std::string& access) { return rooms_.update_room(access, room.id, draft); });
  // Somebody deleted it at Zoom: people need a room all the same.
  if (moved.is(ProviderTrouble::not_found)) return make(transaction, details, account, std::nullopt);
  if (!moved) return room_refused(moved.error());
  room.time = details.meeting.time;
  room.topic_hash = hash;
  return keep(transaction, details, std::move(room));
}

/// The room is as the meeting is. Its link reaches the meeting, and the event in the host's calendar.
Result<HandlerOutcome> RoomWriteHandler::keep(Transaction& transaction, const MeetingDetails& details,
                                              MeetingRoom room) {
  room.stage = RoomStage::made;
  if (auto saved = transaction.rooms().save(room); !saved) return fail(std::move(saved.error()));
  if (details.meeting.location->join_url == room.join_url) return HandlerOutcome{};
  if (auto told = room_arrived(transaction, details, room.join_url, clock_.now()); !told)
    return fail(std::move(told.error()));
  if (auto wanted = transaction.rooms().want_event(details.meeting.id); !wanted) return fail(std::move(wanted.error()));
  return HandlerOutcome{};
}

Result<HandlerOutcome> RoomWriteHandler::remove(Transaction& transaction, const MeetingDetails& details,
                                                MeetingRoom room) {
  // Without an account nobody can take it away; it ends with its time.
  const bool can_ask = room.connection || rooms_.has_own_account();
  if (can_ask && room.stage == RoomStage::wished) {
    auto host = transaction.users().find(room.user);
    if (!host && host.error().code != Code::not_found) return fail(std::move(host.error()));
    const Account account{room.connection, room.connection ? "me" : host ? host->email : ""};
    const RoomDraft draft = draft_of(details);
    auto found =
        ask(account, [&](const std::string& access) { return rooms_.find_room(access, account.owner, draft); });
    if (!found && !found.is(ProviderTrouble::not_found)) return room_refused(found.error());
    if (found) room.id = found->id;
  }
  if (can_ask && !room.id.empty()) {
    auto gone =
        ask({room.connection, {}}, [&](const std::string& access) { return rooms_.delete_room(access, room.id); });
    const bool is_lost = gone.is(ProviderTrouble::not_found) || gone.is(ProviderTrouble::consent_gone);
    if (!gone && !is_lost) return room_refused(gone.error());
  }
  room.stage = RoomStage::gone;
  // Committed at once: the wish for another room is written in a transaction of its own, too, and would wait for ours.
  auto saved = transactions_.in_transaction([&](Transaction& own) { return own.rooms().save(room); });
  if (!saved) return fail(std::move(saved.error()));
  return HandlerOutcome{};
}

}  // namespace scheduling
