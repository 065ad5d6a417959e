// Random teams against a model that knows only the definition: what is listed books, who gets it, and what the ledger
// says afterwards. Seeds are printed; a failure names the seed.
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "plugin/services/teams/inviting.hpp"
#include "tests/booking/teams/team_world.hpp"

namespace scheduling::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// One member as the model has it: whole hours on weekdays in New York, which is five hours behind UTC in January.
struct ModelMember {
  UserId id;
  int weight;
  int priority;
  int opens;   ///< hour in New York
  int closes;  ///< hour in New York
  bool is_active = true;
  std::set<Instant> busy{};
};

struct ModelBooking {
  MeetingId meeting;
  Instant start;
  UserId host;
  std::map<UserId, double> credits;  ///< of its candidates
  bool is_standing = true;
  bool is_live = true;
  int assigned = 0;  ///< rises with each assignment
};

class Model {
 public:
  std::vector<ModelMember> members;
  std::vector<ModelBooking> bookings;
  int assignments = 0;
  Instant now = parse_instant("2025-01-13T12:00:00Z").value();
  hours notice{1};

  bool is_free(const ModelMember& member, Instant start) const {
    const auto local = start - hours{5};
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const unsigned weekday = std::chrono::weekday{day}.c_encoding();
    const auto time = local - day;
    if (start < now + notice) return false;
    if (weekday == 0 || weekday == 6 || time % minutes{30} != minutes{0}) return false;
    return time >= hours{member.opens} && time + minutes{30} <= hours{member.closes} && !member.busy.contains(start);
  }
  std::vector<const ModelMember*> candidates(Instant start) const {
    std::vector<const ModelMember*> found;
    for (const ModelMember& member : members)
      if (member.is_active && is_free(member, start)) found.push_back(&member);
    return found;
  }
  /// Whether the member has a free start on the next `days` weekdays; today is one while it is not over for them.
  bool has_start_soon(const ModelMember& member, int days) const {
    const auto today = std::chrono::floor<std::chrono::days>(now - hours{5});
    for (auto day = today; days > 0; day += std::chrono::days{1}) {
      const unsigned weekday = std::chrono::weekday{day}.c_encoding();
      if (weekday == 0 || weekday == 6 || day + hours{member.closes} <= now - hours{5}) continue;
      --days;
      for (int half = 0; half < 48; ++half)
        if (is_free(member, day + hours{5} + minutes{30 * half})) return true;
    }
    return false;
  }
  /// Computed anew from all that happened.
  double balance(UserId user) const {
    double sum = 0;
    for (const ModelBooking& booking : bookings) {
      if (!booking.is_standing || booking.credits.empty()) continue;
      if (const auto credit = booking.credits.find(user); credit != booking.credits.end()) sum += credit->second;
      if (booking.host == user) sum -= 1;
    }
    return sum;
  }
  int last_assigned(UserId user) const {
    int last = 0;
    for (const ModelBooking& booking : bookings)
      if (booking.is_standing && !booking.credits.empty() && booking.host == user)
        last = std::max(last, booking.assigned);
    return last;
  }
  std::map<UserId, double> credits_of(const std::vector<const ModelMember*>& free) const {
    double weights = 0;
    for (const ModelMember* each : free) weights += each->weight;
    std::map<UserId, double> credits;
    for (const ModelMember* each : free) credits[each->id] = each->weight / weights;
    return credits;
  }
  /// By the four criteria, one after the other.
  UserId next(const std::vector<const ModelMember*>& free) const {
    const auto credits = credits_of(free);
    const ModelMember* best = nullptr;
    for (const ModelMember* each : free) {
      if (best == nullptr) {
        best = each;
        continue;
      }
      const double ahead = balance(each->id) + credits.at(each->id) - balance(best->id) - credits.at(best->id);
      const int waited = last_assigned(best->id) - last_assigned(each->id);
      const bool is_better = std::abs(ahead) > 1e-9             ? ahead > 0
                             : each->priority != best->priority ? each->priority > best->priority
                             : waited != 0                      ? waited > 0
                                                                : each->id < best->id;
      if (is_better) best = each;
    }
    return best->id;
  }
  ModelMember& member(UserId id) { return *std::ranges::find(members, id, &ModelMember::id); }
};

struct TurnOracle : TeamWorld {
  std::mt19937 random;
  Model model;

  int roll(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); }

  void make_random_team() {
    const int count = roll(2, 8);
    PageMembers stored;
    for (int i = 0; i < count; ++i) {
      const int opens = roll(8, 11);
      const int closes = roll(13, 18);
      const auto text = [](int hour) { return (hour < 10 ? "0" : "") + std::to_string(hour) + ":00"; };
      ModelMember member{add_member("m" + std::to_string(i), new_york_office_hours(text(opens), text(closes))),
                         roll(1, 4), roll(0, 1), opens, closes};
      stored.push_back({member.id, member.weight, member.priority, true});
      model.members.push_back(member);
    }
    make_team("round_robin", stored);
  }
  Instant random_start() {
    return parse_instant("2025-01-14T12:00:00Z").value() + std::chrono::days{roll(0, 3)} + minutes{30 * roll(0, 24)};
  }
  void book_somewhere(int number) {
    const Instant start = random_start();
    const auto free = model.candidates(start);
    const std::string text = format_instant(start);
    EXPECT_EQ(lists(listed(world.wiring()), text.c_str()), !free.empty()) << text;
    const BookingResult result = try_book(world.wiring(), text, "p" + std::to_string(number) + "@prospect.test");
    ASSERT_EQ(result.booking.has_value(), !free.empty()) << text;
    if (free.empty()) return;
    const UserId expected = model.next(free);
    const Meeting& meeting = result.booking->details.meeting;
    ASSERT_EQ(meeting.host.value, expected.value) << text;
    model.bookings.push_back({meeting.id, start, expected, model.credits_of(free), true, true, ++model.assignments});
    model.member(expected).busy.insert(start);
  }
  ModelBooking* random_live() {
    std::vector<ModelBooking*> live;
    for (ModelBooking& booking : model.bookings)
      if (booking.is_live) live.push_back(&booking);
    return live.empty() ? nullptr : live[static_cast<std::size_t>(roll(0, static_cast<int>(live.size()) - 1))];
  }
  void cancel_one() {
    ModelBooking* booking = random_live();
    if (booking == nullptr) return;
    ASSERT_TRUE(world.booking().cancel(admin(), booking->meeting, std::nullopt, "r"));
    booking->is_live = booking->is_standing = false;
    model.member(booking->host).busy.erase(booking->start);
  }
  void hand_one_over() {
    ModelBooking* booking = random_live();
    if (booking == nullptr) return;
    ModelMember& to = model.members[static_cast<std::size_t>(roll(0, static_cast<int>(model.members.size()) - 1))];
    if (to.id == booking->host) return;
    const auto moved = handover().reassign(admin(), booking->meeting, {to.id, {}, "r"});
    ASSERT_EQ(moved.has_value(), !to.busy.contains(booking->start));
    if (!moved) return;
    model.member(booking->host).busy.erase(booking->start);
    booking->host = to.id;
    booking->assigned = ++model.assignments;
    to.busy.insert(booking->start);
  }
  void pause_or_return() {
    ModelMember& member = model.members[static_cast<std::size_t>(roll(0, static_cast<int>(model.members.size()) - 1))];
    member.is_active = !member.is_active;
    TeamPages pages(world.parts());
    ASSERT_TRUE(pages.set_membership({member.id, false, "UTC"}, world.page_id(), member.is_active));
  }
  void compare_ledgers() {
    for (const MemberInTurn& one : turn()) {
      EXPECT_NEAR(one.turn.balance(), model.balance(one.turn.user), 1e-9);
      int meetings = 0, eligible = 0;
      for (const ModelBooking& booking : model.bookings) {
        if (!booking.is_standing || booking.credits.empty()) continue;
        meetings += booking.host == one.turn.user ? 1 : 0;
        eligible += booking.credits.contains(one.turn.user) ? 1 : 0;
      }
      EXPECT_EQ(one.turn.meetings, meetings);
      EXPECT_EQ(one.turn.eligible, eligible);
    }
  }
};

/// The same with invitations: each member has a contact who may come by one.
struct InvitedOracle : TurnOracle {
  bool is_strict = false;
  int wait_days = 1;
  std::map<UserId, std::string> tokens;

  void make_invitations() {
    is_strict = roll(0, 2) == 0;
    model.notice = hours{4};
    wait_days = roll(1, 2);
    world.change_type(world.call(), [&](MeetingTypePatch& patch) {
      patch.settings.owner_first = is_strict ? "strict" : "prefer";
      patch.settings.owner_wait_days = wait_days;
      patch.settings.minimum_notice_minutes = 240;
    });
    for (const ModelMember& member : model.members) {
      const std::string email = "c" + std::to_string(member.id.value) + "@prospect.test";
      const ContactId contact{
          world.add_contact(R"({"name":"Cleo","email":")" + email + R"("})", crm::sdk::UserId{member.id.value})};
      tokens[member.id] = Inviting(world.parts()).invite(admin(), {world.call(), contact, {}}).value().token;
    }
  }
  bool lists_to_invited(const std::string& token, Instant start) {
    const Invitations& invitations = world.booking().invitations();
    const auto target = world.wiring().targets.find("rosa", "call").value();
    const auto times = invitations.times(*target, invitations.open(token, world.call()).value()).value();
    return !invitations.slots(*target, times, moment_of(start)).value().empty();
  }
  void book_by_invitation(int number) {
    ModelMember& owner = model.members[static_cast<std::size_t>(roll(0, static_cast<int>(model.members.size()) - 1))];
    const Instant start = random_start();
    const std::string text = format_instant(start);
    const auto free = model.candidates(start);
    const bool is_theirs = owner.is_active && model.is_free(owner, start);
    const bool is_alone = owner.is_active && (is_strict || model.has_start_soon(owner, wait_days));
    const bool is_bookable = is_theirs || (!is_alone && !free.empty());
    EXPECT_EQ(lists_to_invited(tokens[owner.id], start), is_bookable) << text;
    BookingCommand command = BookingWorld::request(text, "i" + std::to_string(number) + "@prospect.test");
    command.invite = tokens[owner.id];
    const BookingResult result = world.booking().book(command);
    ASSERT_EQ(result.booking.has_value(), is_bookable) << text << " " << result.refusal.detail;
    if (!is_bookable) {
      EXPECT_EQ(result.refusal.code == Code::owner_only, !free.empty()) << text;
      return;
    }
    const UserId expected = is_theirs ? owner.id : model.next(free);
    const Meeting& meeting = result.booking->details.meeting;
    ASSERT_EQ(meeting.host.value, expected.value) << text;
    EXPECT_EQ(assignment_of(meeting.id).reason == AssignmentReason::invited, is_theirs);
    const auto credits = is_theirs ? std::map<UserId, double>{} : model.credits_of(free);
    model.bookings.push_back({meeting.id, start, expected, credits, true, true, ++model.assignments});
    model.member(expected).busy.insert(start);
  }
};

// EVIDENCE: B-10.3
TEST_F(InvitedOracle, InvitationsListWhatTheyBookAndLeaveTheLedgerAlone) {
  const unsigned seed = std::random_device{}();
  std::cout << "seed " << seed << "\n";
  random.seed(seed);
  make_random_team();
  make_invitations();
  // Noon: some have no time left today, others have.
  model.now = parse_instant("2025-01-14T17:00:00Z").value();
  world.set_now("2025-01-14T17:00:00Z");
  for (int step = 0; step < 160 && !HasFatalFailure(); ++step) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", step " + std::to_string(step));
    const int what = roll(0, 9);
    if (what < 5)
      book_by_invitation(step);
    else if (what < 7)
      book_somewhere(step);
    else if (what == 7)
      cancel_one();
    else if (what == 8)
      pause_or_return();
    else
      compare_ledgers();
  }
  compare_ledgers();
}

// EVIDENCE: B-10.2
TEST_F(TurnOracle, EveryDecisionIsThatOfTheDefinition) {
  const unsigned seed = std::random_device{}();
  std::cout << "seed " << seed << "\n";
  random.seed(seed);
  make_random_team();
  for (int step = 0; step < 160 && !HasFatalFailure(); ++step) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", step " + std::to_string(step));
    const int what = roll(0, 9);
    if (what < 6)
      book_somewhere(step);
    else if (what == 6)
      cancel_one();
    else if (what == 7)
      hand_one_over();
    else if (what == 8)
      pause_or_return();
    else
      compare_ledgers();
  }
  compare_ledgers();
}

}  // namespace
}  // namespace scheduling::test
