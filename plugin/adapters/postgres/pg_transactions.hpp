#pragma once
/// Transactions over the CRM's database.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "crm/sdk/database.hpp"
#include "plugin/adapters/pipelining/pipelined_crm.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

/// How the CRM's own things are reached within a session; the adapters of that side make them.
struct CrmPorts {
  std::function<std::unique_ptr<PipelinedRecordBook>(crm::sdk::Session&)> records;
  std::function<std::unique_ptr<PipelinedUserDirectory>(crm::sdk::Session&)> users;
};

/// How one attempt at a unit of work ended.
struct TransactionAttempt {
  Result<void> result;
  bool may_repeat = false;
  bool was_sent = false;  ///< COMMIT was sent: it took effect, or nobody knows
};

void sleep_between_attempts(std::chrono::milliseconds pause);

class PgTransactions final : public Transactions {
 public:
  using Pause = std::function<void(std::chrono::milliseconds)>;

  /// `pause` is called between two attempts; tests give one that does not sleep.
  PgTransactions(crm::sdk::Database& database, CrmPorts ports, Pause pause = sleep_between_attempts)
      : database_(database), ports_(std::move(ports)), pause_(std::move(pause)) {}

  /// For hooks: repositories inside a session and transaction that the CRM already holds.
  std::unique_ptr<Transaction> inside(crm::sdk::Session& session) const;

  std::uint64_t writes() const override { return writes_.load(std::memory_order_acquire); }

 protected:
  Result<void> run(Mode mode, const Step& step) override;

 private:
  TransactionAttempt attempt_once(Mode mode, const Step& step);

  crm::sdk::Database& database_;
  CrmPorts ports_;
  Pause pause_;
  std::atomic<std::uint64_t> writes_{0};
};

}  // namespace scheduling
