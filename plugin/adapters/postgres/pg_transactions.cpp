#include "plugin/adapters/postgres/pg_transactions.hpp"

#include <random>
#include <thread>

#include "plugin/adapters/postgres/calendars/pg_push_repository.hpp"
#include "plugin/adapters/postgres/calendars/pg_room_repository.hpp"
#include "plugin/adapters/postgres/insight/pg_metrics_repository.hpp"
#include "plugin/adapters/postgres/insight/pg_privacy_repository.hpp"
#include "plugin/adapters/postgres/insight/pg_suggestion_repository.hpp"
#include "plugin/adapters/postgres/invitations/pg_invitation_repository.hpp"
#include "plugin/adapters/postgres/pg_availability_repository.hpp"
#include "plugin/adapters/postgres/pg_booking_store.hpp"
#include "plugin/adapters/postgres/pg_calendar_repository.hpp"
#include "plugin/adapters/postgres/pg_mail_template_repository.hpp"
#include "plugin/adapters/postgres/pg_meeting_repository.hpp"
#include "plugin/adapters/postgres/pg_meeting_type_repository.hpp"
#include "plugin/adapters/postgres/pg_outbox_repository.hpp"
#include "plugin/adapters/postgres/pg_page_repository.hpp"
#include "plugin/adapters/postgres/pg_turn_repository.hpp"
#include "plugin/adapters/postgres/pg_zone_rule_repository.hpp"

namespace scheduling {
namespace {

using std::chrono::milliseconds;
using Attempt = TransactionAttempt;
using Work = std::function<Result<void>(Transaction&)>;

constexpr int k_attempts_max = 5;
constexpr milliseconds k_pause_first{10};
constexpr milliseconds k_asking_max{2000};

class PgTransaction final : public Transaction {
 public:
  PgTransaction(crm::sdk::Session& session, const CrmPorts& ports) : session_(session), ports_(ports) {}
  PageRepository& pages() override { return pages_; }
  MeetingTypeRepository& meeting_types() override { return meeting_types_; }
  AvailabilityRepository& availability() override { return availability_; }
  MeetingRepository& meetings() override { return meetings_; }
  BookingStore& bookings() override {
    if (!bookings_) bookings_.emplace(session_, meetings_, crm_users(), crm_records());
    return *bookings_;
  }
  RecordBook& records() override { return crm_records(); }
  UserDirectory& users() override { return crm_users(); }
  ZoneRuleRepository& zone_rules() override { return zone_rules_; }
  OutboxRepository& outbox() override { return outbox_; }
  MailTemplateRepository& mail_templates() override { return mail_templates_; }
  CalendarRepository& calendars() override { return calendars_; }
  RoomRepository& rooms() override { return rooms_; }
  PushRepository& pushes() override { return pushes_; }
  TurnRepository& turns() override { return turns_; }
  MetricsRepository& metrics() override { return metrics_; }
  SuggestionRepository& suggestions() override { return suggestions_; }
  PrivacyRepository& privacy() override { return privacy_; }
  AuditRepository& audit() override { return audit_; }
  InvitationRepository& invitations() override { return invitations_; }
  PgSession& session() { return session_; }

 private:
  PipelinedRecordBook& crm_records() {
    if (!records_) records_ = ports_.records(session_.raw());
    return *records_;
  }
  PipelinedUserDirectory& crm_users() {
    if (!users_) users_ = ports_.users(session_.raw());
    return *users_;
  }

  PgSession session_;
  const CrmPorts& ports_;
  PgPageRepository pages_{session_};
  PgMeetingTypeRepository meeting_types_{session_};
  PgAvailabilityRepository availability_{session_};
  PgMeetingRepository meetings_{session_};
  PgZoneRuleRepository zone_rules_{session_};
  PgOutboxRepository outbox_{session_, [this]() -> PipelinedUserDirectory& { return crm_users(); }};
  PgMailTemplateRepository mail_templates_{session_};
  PgCalendarRepository calendars_{session_};
  PgRoomRepository rooms_{session_};
  PgPushRepository pushes_{session_};
  PgTurnRepository turns_{session_};
  PgMetricsRepository metrics_{session_};
  PgSuggestionRepository suggestions_{session_};
  PgPrivacyRepository privacy_{session_};
  PgAuditRepository audit_{session_};
  PgInvitationRepository invitations_{session_};
  std::unique_ptr<PipelinedRecordBook> records_;
  std::unique_ptr<PipelinedUserDirectory> users_;
  std::optional<PgBookingStore> bookings_;
};

/// Before COMMIT nothing is kept, so a lost connection or a deadlock may be tried again.
bool is_passing(const Result<void>& result) {
  return !result && result.error().code == Code::database_unavailable;
}

/// Two transactions that refused each other must not meet again at once: the waits grow, and chance moves them apart.
milliseconds pause_after(int attempt) {
  const milliseconds base = k_pause_first * (1 << (attempt - 1));
  return base + milliseconds{std::random_device{}() % static_cast<unsigned>(base.count())};
}

Attempt read(PgTransaction& transaction, const Work& step) {
  Result<void> done = step(transaction);
  const bool again = is_passing(done);
  return {std::move(done), again};
}

Attempt write(crm::sdk::Session& session, PgTransaction& transaction, const Work& step) {
  if (auto begun = session.begin(); !begun) return {fail(database_error(begun.error())), true};
  Result<void> done = step(transaction);
  if (!done) {
    session.rollback();
    const bool again = is_passing(done) || transaction.session().may_retry();
    return {std::move(done), again};
  }
  auto committed = session.commit();
  if (committed) return {{}, false, true};
  // Only a clear 40001 or 40P01 says that nothing was kept; a connection lost in COMMIT says nothing.
  return {fail(database_error(committed.error())), committed.error().kind == crm::sdk::FailureKind::retry, true};
}

}  // namespace

std::unique_ptr<Transaction> PgTransactions::inside(crm::sdk::Session& session) const {
  return std::make_unique<PgTransaction>(session, ports_);
}

void sleep_between_attempts(milliseconds pause) {
  std::this_thread::sleep_for(pause);
}

// The module's only loop over attempts. The SDK's in_transaction() does not fit: it repeats 40001 and 40P01 only, and
// neither reads without BEGIN nor counts writes. Here a connection that was lost before COMMIT is repeated too, because
// a pooled connection may have died with a restarted server while the next one is good. A pool that gives no
// connection is not repeated: it has waited for one already.
Result<void> PgTransactions::run(Mode mode, const Step& step) {
  const int attempts_max = mode == Mode::once ? 1 : k_attempts_max;
  for (int attempt = 1;; ++attempt) {
    Attempt done = attempt_once(mode, step);
    if (done.result || !done.may_repeat || attempt >= attempts_max) return std::move(done.result);
    pause_(pause_after(attempt));  // the connection went back to the pool, so nobody waits for this wait
  }
}

TransactionAttempt PgTransactions::attempt_once(Mode mode, const Step& step) {
  auto session = mode == Mode::asking ? database_.acquire(k_asking_max) : database_.acquire();
  if (!session) return {fail(database_error(session.error()))};
  if (mode == Mode::asking) (*session)->limit_waits(k_asking_max);
  PgTransaction transaction(**session, ports_);
  const bool is_reading = mode == Mode::reading || mode == Mode::asking;
  Attempt done = is_reading ? read(transaction, step) : write(**session, transaction, step);
  // Not for a database that is away: others wait for the answer.
  if (mode == Mode::asking) done.may_repeat = transaction.session().may_retry();
  if (!is_reading && done.was_sent) writes_.fetch_add(1, std::memory_order_acq_rel);
  return done;
}

}  // namespace scheduling
