#pragma once
/// The unit of work: what services do through one Transaction commits together or not at all.
///
/// Services see repositories only; sessions, SQL and retries stay in the adapter.
/// Thread: a Transaction belongs to one thread; Transactions may be used from any.
/// Source: behaviour B-7.
#include <cstdint>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "plugin/core/result.hpp"

namespace scheduling {

class PageRepository;
class MeetingTypeRepository;
class AvailabilityRepository;
class MeetingRepository;
class BookingStore;
class RecordBook;
class UserDirectory;
class ZoneRuleRepository;
class OutboxRepository;
class MailTemplateRepository;
class CalendarRepository;
class RoomRepository;
class PushRepository;
class TurnRepository;
class MetricsRepository;
class SuggestionRepository;
class PrivacyRepository;
class AuditRepository;
class InvitationRepository;

class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual PageRepository& pages() = 0;
  virtual MeetingTypeRepository& meeting_types() = 0;
  virtual AvailabilityRepository& availability() = 0;
  virtual MeetingRepository& meetings() = 0;
  virtual BookingStore& bookings() = 0;
  virtual RecordBook& records() = 0;
  virtual UserDirectory& users() = 0;
  virtual ZoneRuleRepository& zone_rules() = 0;
  virtual OutboxRepository& outbox() = 0;
  virtual MailTemplateRepository& mail_templates() = 0;
  virtual CalendarRepository& calendars() = 0;
  virtual RoomRepository& rooms() = 0;
  virtual PushRepository& pushes() = 0;
  virtual TurnRepository& turns() = 0;
  virtual MetricsRepository& metrics() = 0;
  virtual SuggestionRepository& suggestions() = 0;
  virtual PrivacyRepository& privacy() = 0;
  virtual AuditRepository& audit() = 0;
  virtual InvitationRepository& invitations() = 0;
};

class Transactions {
 public:
  virtual ~Transactions() = default;

  /// Runs `work(Transaction&) -> Result<T>` and commits when it succeeded; an Error rolls back.
  /// Serialisation failures, deadlocks and lost connections run it again, so `work` has no effect outside the
  /// database.
  /// Errors: those of `work`; `database_unavailable` when the database does not respond. When it is lost during
  ///         COMMIT the outcome is unknown and the same code is returned: the caller may ask again.
  template <class Work>
  auto in_transaction(Work&& work) -> std::invoke_result_t<Work&, Transaction&> {
    return run_with(Mode::writing, work);
  }
  /// One attempt: for work that has an effect outside the database. Errors as above, and whatever could have been
  /// tried again.
  template <class Work>
  auto once(Work&& work) -> std::invoke_result_t<Work&, Transaction&> {
    return run_with(Mode::once, work);
  }
  /// Reads without BEGIN: each repository call is a snapshot of its own and costs one round trip.
  template <class Work>
  auto reading(Work&& work) -> std::invoke_result_t<Work&, Transaction&> {
    return run_with(Mode::reading, work);
  }

  /// Reads like reading(), but asks once and waits for two seconds at most: for a question that others wait for, and
  /// that every healthy database answers at once.
  template <class Work>
  auto asking(Work&& work) -> std::invoke_result_t<Work&, Transaction&> {
    return run_with(Mode::asking, work);
  }

  /// Rises with every transaction of this process that committed or may have; never falls.
  virtual std::uint64_t writes() const = 0;

 protected:
  enum class Mode { reading, asking, writing, once };
  using Step = std::function<Result<void>(Transaction&)>;
  virtual Result<void> run(Mode mode, const Step& step) = 0;

 private:
  template <class Work>
  auto run_with(Mode mode, Work& work) -> std::invoke_result_t<Work&, Transaction&> {
    using Returned = std::invoke_result_t<Work&, Transaction&>;
    std::optional<Returned> answer;
    const Result<void> done = run(mode, [&](Transaction& transaction) -> Result<void> {
      answer.emplace(work(transaction));
      if (!*answer) return fail(answer->error());
      return {};
    });
    if (!done) return fail(done.error());
    return std::move(*answer);
  }
};

}  // namespace scheduling
