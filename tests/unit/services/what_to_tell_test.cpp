// EVIDENCE: B-11.3 B-7.8
// The table of ADR 0018: what a mail tells, by what its reader was told before and how the meeting stands.
#include "plugin/core/mail/what_to_tell.hpp"

#include <gtest/gtest.h>

#include "plugin/core/mail/participants.hpp"

namespace scheduling::testing {
namespace {

using enum MeetingEvent;

Instant at(const std::string& time) {
  return parse_instant("2025-01-15T" + time + ":00Z").value();
}

constexpr UserId k_rosa{1};
constexpr UserId k_ben{2};
constexpr const char* k_ada = "ada@prospect.test";

struct Row {
  MeetingEvent event = booked;
  OutboxStatus status = OutboxStatus::waiting;
  std::int64_t meeting = 1;
  std::string start = "10:00";
  std::int32_t sequence = 0;
  MailRole role = MailRole::attendee;
  std::string recipient = k_ada;
  UserId user{};  ///< of hosts
  UserId host = k_rosa;
  MeetingStatus told = MeetingStatus::scheduled;
  bool may_have_left = false;
  std::vector<UserId> others{};  ///< further hosts whom it names
};

/// A chain whose mails are written in this order, with ids from 1.
struct Chain {
  std::vector<Row> rows;
  std::int64_t newest = 1;
  MeetingStatus status = MeetingStatus::scheduled;
  std::string now = "08:00";
  bool has_outcome = false;

  static MeetingMail mail_of(const Row& row) {
    MeetingMail mail{.event = row.event, .role = row.role, .recipient = row.recipient, .sequence = row.sequence};
    if (row.user) mail.user = row.user;
    mail.told_host = row.host;
    mail.told_others = row.others;
    mail.told_status = row.told;
    return mail;
  }
  /// "moved", "moved before 10:00" where the reader knew another time, or the reason why nothing is told.
  std::string tells(std::size_t id) const {
    ChainMails chain{MeetingId{newest}, status, 0, {}};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Row& row = rows[i];
      chain.sequence = std::max(chain.sequence, row.sequence);
      chain.mails.push_back({OutboxId{static_cast<std::int64_t>(i + 1)}, MeetingId{row.meeting}, at(row.start),
                             row.status, row.may_have_left, mail_of(row)});
    }
    const Row& own = rows.at(id - 1);
    const ToldMeeting meeting{MeetingId{own.meeting},
                              own.host,
                              own.meeting == newest ? status : MeetingStatus::rescheduled,
                              at(own.start),
                              at(own.start) + std::chrono::minutes{30},
                              {},
                              has_outcome,
                              own.others};
    const Telling telling =
        what_to_tell(OutboxId{static_cast<std::int64_t>(id)}, mail_of(own), meeting, chain, at(now));
    if (!telling.obsolete.empty()) return "(" + telling.obsolete + ")";
    std::string out(name_of(telling.event));
    if (telling.previous_start) out += " before " + format_instant(*telling.previous_start).substr(11, 5);
    return out;
  }
};

constexpr auto k_done = OutboxStatus::done;
constexpr auto k_cancelled = MeetingStatus::cancelled;
const std::string k_later = "(a later change is told instead)";
const std::string k_unheard = "(this person was never told of the meeting)";
const std::string k_nothing = "(nothing has changed for this reader)";

Row moved_to(std::int64_t meeting, const std::string& start, std::int32_t sequence) {
  return {.event = moved, .meeting = meeting, .start = start, .sequence = sequence};
}

TEST(WhatToTell, WithNothingInBetweenIsWhatHappened) {
  EXPECT_EQ(Chain{.rows = {{}}}.tells(1), "booked");
  EXPECT_EQ((Chain{.rows = {{.status = k_done}, moved_to(2, "11:00", 1)}, .newest = 2}.tells(2)), "moved before 10:00");
  EXPECT_EQ((Chain{.rows = {{.status = k_done}, {.event = cancelled, .sequence = 1}}, .status = k_cancelled}.tells(2)),
            "cancelled");
  EXPECT_EQ((Chain{.rows = {{.event = requested, .status = k_done, .told = MeetingStatus::pending},
                            {.event = confirmed, .sequence = 1}}}
                 .tells(2)),
            "confirmed");
  EXPECT_EQ((Chain{.rows = {{.status = k_done}, {.event = reassigned, .sequence = 1, .host = k_ben}}}.tells(2)),
            "reassigned");
}

TEST(WhatToTell, OfAMeetingNobodyHeardOfIsOneMailOrNone) {
  const Chain was_moved{.rows = {{}, moved_to(2, "11:00", 1)}, .newest = 2};
  EXPECT_EQ(was_moved.tells(1), k_later);
  EXPECT_EQ(was_moved.tells(2), "booked");
  const Chain was_cancelled{
      .rows = {{}, moved_to(2, "11:00", 1), {.event = cancelled, .meeting = 2, .start = "11:00", .sequence = 2}},
      .newest = 2,
      .status = k_cancelled};
  EXPECT_EQ(was_cancelled.tells(1), k_later);
  EXPECT_EQ(was_cancelled.tells(2), k_later);
  EXPECT_EQ(was_cancelled.tells(3), k_unheard);
  Chain request{.rows = {{.event = requested, .told = MeetingStatus::pending}, {.event = expired, .sequence = 1}},
                .status = k_cancelled};
  EXPECT_EQ(request.tells(2), k_unheard);
  request = {.rows = {{.event = requested, .told = MeetingStatus::pending}, {.event = confirmed, .sequence = 1}}};
  EXPECT_EQ(request.tells(1), k_later);
  EXPECT_EQ(request.tells(2), "confirmed");
  Row moved_request = moved_to(2, "11:00", 1);
  moved_request.told = MeetingStatus::pending;
  EXPECT_EQ(
      (Chain{.rows = {{.event = requested}, moved_request}, .newest = 2, .status = MeetingStatus::pending}.tells(2)),
      "requested");
}

TEST(WhatToTell, SkipsTheStepsBetweenWhatIsKnownAndWhatIsTrue) {
  const Chain twice{.rows = {{.status = k_done}, moved_to(2, "11:00", 1), moved_to(3, "12:00", 2)}, .newest = 3};
  EXPECT_EQ(twice.tells(2), k_later);
  EXPECT_EQ(twice.tells(3), "moved before 10:00");
  const Chain back{.rows = {{.status = k_done}, moved_to(2, "11:00", 1), moved_to(3, "10:00", 2)}, .newest = 3};
  EXPECT_EQ(back.tells(3), k_nothing);
  const Chain ended{.rows = {{.status = k_done},
                             moved_to(2, "11:00", 1),
                             {.event = cancelled, .meeting = 2, .start = "11:00", .sequence = 2}},
                    .newest = 2,
                    .status = k_cancelled};
  EXPECT_EQ(ended.tells(2), k_later);
  EXPECT_EQ(ended.tells(3), "cancelled before 10:00");
  const Chain handed{.rows = {{.status = k_done},
                              moved_to(2, "11:00", 1),
                              {.event = reassigned, .meeting = 2, .start = "11:00", .sequence = 2, .host = k_ben}},
                     .newest = 2};
  EXPECT_EQ(handed.tells(3), "moved before 10:00") << "the new host stands in it too";
  const Chain there_and_back{.rows = {{.status = k_done},
                                      {.event = reassigned, .sequence = 1, .host = k_ben},
                                      {.event = reassigned, .sequence = 2}}};
  EXPECT_EQ(there_and_back.tells(3), k_nothing);
  const Chain confirmed_elsewhere{.rows = {{.event = requested, .status = k_done, .told = MeetingStatus::pending},
                                           moved_to(2, "11:00", 1),
                                           {.event = confirmed, .meeting = 2, .start = "11:00", .sequence = 2}},
                                  .newest = 2};
  EXPECT_EQ(confirmed_elsewhere.tells(3), "confirmed before 10:00");
}

Row to_host(MeetingEvent event, UserId user, std::int32_t sequence, OutboxStatus status = OutboxStatus::waiting) {
  return {.event = event,
          .status = status,
          .sequence = sequence,
          .role = MailRole::host,
          .recipient = user == k_rosa ? "rosa@example.test" : "ben@example.test",
          .user = user,
          .host = user};
}
Row farewell(UserId user, UserId to, std::int32_t sequence, OutboxStatus status = OutboxStatus::waiting) {
  Row row = to_host(reassigned, user, sequence, status);
  row.role = MailRole::previous_host;
  row.host = to;
  return row;
}

TEST(WhatToTell, OfAHandOverDependsOnWhoKnewOfIt) {
  EXPECT_EQ((Chain{.rows = {to_host(booked, k_rosa, 0, k_done), farewell(k_rosa, k_ben, 1)}}.tells(2)), "reassigned");
  EXPECT_EQ((Chain{.rows = {to_host(booked, k_rosa, 0), farewell(k_rosa, k_ben, 1)}}.tells(2)), k_unheard);
  EXPECT_EQ((Chain{.rows = {to_host(reassigned, k_ben, 1)}}.tells(1)), "reassigned") << "the first that Ben hears";
  const Chain passed_on{.rows = {to_host(reassigned, k_ben, 1), farewell(k_ben, k_rosa, 2)}};
  EXPECT_EQ(passed_on.tells(1), k_later);
  EXPECT_EQ(passed_on.tells(2), k_unheard);
  const Chain came_back{
      .rows = {to_host(booked, k_rosa, 0, k_done), farewell(k_rosa, k_ben, 1, k_done), to_host(reassigned, k_rosa, 2)}};
  EXPECT_EQ(came_back.tells(3), "reassigned");
  const Chain never_left{
      .rows = {to_host(booked, k_rosa, 0, k_done), farewell(k_rosa, k_ben, 1), to_host(reassigned, k_rosa, 2)}};
  EXPECT_EQ(never_left.tells(2), k_later);
  EXPECT_EQ(never_left.tells(3), k_nothing);
  const Row ben_as_guest{.status = k_done, .role = MailRole::guest, .recipient = "BEN@example.test"};
  EXPECT_EQ((Chain{.rows = {ben_as_guest, to_host(reassigned, k_ben, 1)}}.tells(2)), "reassigned");
}

TEST(WhatToTell, CountsWhatMayHaveLeftBeforeAProcessDied) {
  const Chain cancelled_after{.rows = {{.may_have_left = true}, {.event = cancelled, .sequence = 1}},
                              .status = k_cancelled};
  EXPECT_EQ(cancelled_after.tells(1), k_later);
  EXPECT_EQ(cancelled_after.tells(2), "cancelled")
      << "better a cancellation too many than a meeting that nobody takes back";
}

TEST(WhatToTell, OfWhatIsTriedAgainLaterIsNotOutdated) {
  EXPECT_EQ(
      (Chain{.rows = {{}, {.event = cancelled, .status = k_done, .sequence = 1}}, .status = k_cancelled}.tells(1)),
      "(the meeting is no longer on)");
  Row was_moved = moved_to(2, "11:00", 1);
  was_moved.status = k_done;
  EXPECT_EQ((Chain{.rows = {{}, was_moved}, .newest = 2}.tells(1)), "(a later change has taken its place)");
}

TEST(WhatToTell, LeavesRemindersAsTheyAre) {
  const Row due{.event = reminder};
  EXPECT_EQ((Chain{.rows = {{.status = k_done}, due}}.tells(2)), "reminder");
  EXPECT_EQ((Chain{.rows = {due}, .status = k_cancelled}.tells(1)), "(the meeting is no longer on)");
  EXPECT_EQ((Chain{.rows = {due}, .now = "10:30"}.tells(1)), "(the meeting is over)");
  EXPECT_EQ((Chain{.rows = {{.event = reminder, .status = k_done}, due}}.tells(2)),
            "(this person was reminded in another role)");
}

TEST(Participants, HaveTheirHighestRoleAndStandOnce) {
  const auto named = [](const std::string& attendee, const std::string& host, const std::vector<std::string>& guests) {
    std::string all;
    for (const Participant& each : participants_of({.address = attendee}, {.address = host}, guests))
      (((all += name_of(each.role)) += ' ') += each.address) += ", ";
    return all;
  };
  EXPECT_EQ(named("ada@x.test", "rosa@x.test", {"bob@x.test"}),
            "attendee ada@x.test, host rosa@x.test, guest bob@x.test, ");
  EXPECT_EQ(named("ROSA@X.test", "rosa@x.test", {"Rosa@x.TEST"}), "host rosa@x.test, ");
  EXPECT_EQ(named("ada@x.test", "rosa@x.test", {"ADA@x.test", "rosa@X.TEST", "bob@x.test", "Bob@x.test"}),
            "attendee ada@x.test, host rosa@x.test, guest bob@x.test, ");
  EXPECT_EQ(named("info@b\u00fccher.example", "rosa@x.test", {"info@xn--bcher-kva.example"}),
            "attendee info@b\u00fccher.example, host rosa@x.test, ");
}

TEST(WhatToTell, AsksTheHostOnlyWhileNobodySaidWhatCameOfTheMeeting) {
  const Row question{.event = outcome, .role = MailRole::host, .recipient = "rosa@example.test", .user = k_rosa};
  Chain chain{.rows = {question}, .status = MeetingStatus::completed, .now = "10:31"};
  EXPECT_EQ(chain.tells(1), "outcome");
  chain.has_outcome = true;
  EXPECT_EQ(chain.tells(1), "(somebody said what came of the meeting)");
  chain.has_outcome = false;
  chain.status = k_cancelled;
  EXPECT_EQ(chain.tells(1), "(the meeting did not take place)");
}

TEST(WhatToTell, OffersAnotherTimeOnlyToWhoDidNotCome) {
  Chain chain{.rows = {{.event = missed}}, .status = MeetingStatus::no_show, .now = "10:31"};
  EXPECT_EQ(chain.tells(1), "missed");
  chain.status = MeetingStatus::completed;
  EXPECT_EQ(chain.tells(1), "(the attendee came after all)");
}

TEST(WhatToTell, WhatComesAfterwardsReplacesNoNews) {
  // An outage over the whole meeting: the host still hears of the booking, and what is asked later is no change of it.
  const Row host{.role = MailRole::host, .recipient = "rosa@example.test", .user = k_rosa};
  Row question = host;
  question.event = outcome;
  EXPECT_EQ((Chain{.rows = {host, question}, .status = MeetingStatus::completed}.tells(1)), "booked");
}

TEST(WhatToTell, OfACollectiveMeetingAnyHostWhoChanges) {
  constexpr UserId zoe{3};
  const Row told{.status = k_done, .others = {k_ben}};
  EXPECT_EQ((Chain{.rows = {told, {.event = reassigned, .sequence = 1, .others = {zoe}}}}.tells(2)), "reassigned");
  EXPECT_EQ((Chain{.rows = {told, {.event = reassigned, .sequence = 1, .others = {k_ben}}}}.tells(2)), k_nothing);
  Row stays{
      .status = k_done, .role = MailRole::host, .recipient = "rosa@example.test", .user = k_rosa, .others = {k_ben}};
  Row change = stays;
  change.event = reassigned;
  change.status = OutboxStatus::waiting;
  change.sequence = 1;
  change.others = {zoe};
  EXPECT_EQ((Chain{.rows = {stays, change}}.tells(2)), "reassigned") << "who stays meets somebody else, too";
}

}  // namespace
}  // namespace scheduling::testing
