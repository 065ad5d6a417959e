#include "plugin/adapters/postgres/pg_transactions.hpp"

#include "plugin/adapters/postgres/pg_availability_repository.hpp"
#include "plugin/adapters/postgres/pg_meeting_repository.hpp"
#include "plugin/adapters/postgres/pg_meeting_type_repository.hpp"
#include "plugin/adapters/postgres/pg_page_repository.hpp"

namespace scheduling {
namespace {

constexpr int k_tries_max = 5;

class PgTransaction final : public Transaction {
 public:
  PgTransaction(crm::sdk::Session& session, const CrmPorts& ports) : session_(session), ports_(ports) {}
  PageRepository& pages() override { return pages_; }
  MeetingTypeRepository& meeting_types() override { return meeting_types_; }
  AvailabilityRepository& availability() override { return availability_; }
  MeetingRepository& meetings() override { return meetings_; }
  RecordBook& records() override {
    if (!records_) records_ = ports_.records(session_.raw());
    return *records_;
  }
  UserDirectory& users() override {
    if (!users_) users_ = ports_.users(session_.raw());
    return *users_;
  }
  PgSession& session() { return session_; }

 private:
  PgSession session_;
  const CrmPorts& ports_;
  PgPageRepository pages_{session_};
  PgMeetingTypeRepository meeting_types_{session_};
  PgAvailabilityRepository availability_{session_};
  PgMeetingRepository meetings_{session_};
  std::unique_ptr<RecordBook> records_;
  std::unique_ptr<UserDirectory> users_;
};

}  // namespace

std::unique_ptr<Transaction> PgTransactions::inside(crm::sdk::Session& session) const {
  return std::make_unique<PgTransaction>(session, ports_);
}

Result<void> PgTransactions::run(Mode mode, const Step& step) {
  for (int attempt = 1;; ++attempt) {
    auto session = database_.acquire();
    if (!session) return fail(error_of(session.error()));
    PgTransaction transaction(**session, ports_);
    if (mode == Mode::reading) return step(transaction);

    if (auto begun = (*session)->begin(); !begun) return fail(error_of(begun.error()));
    Result<void> done = step(transaction);
    if (done) {
      auto committed = (*session)->commit();
      if (committed) return {};
      transaction.session().note(committed.error());
      done = fail(error_of(committed.error()));
    } else {
      (*session)->rollback();
    }
    if (!transaction.session().may_retry() || attempt >= k_tries_max) return done;
  }
}

}  // namespace scheduling
