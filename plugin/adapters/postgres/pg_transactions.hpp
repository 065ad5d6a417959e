#pragma once
/// Transactions over the host's database.
#include <atomic>
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

class PgTransactions final : public Transactions {
 public:
  PgTransactions(crm::sdk::Database& database, CrmPorts ports) : database_(database), ports_(std::move(ports)) {}

  /// For hooks: repositories inside a session and transaction that the CRM already holds.
  std::unique_ptr<Transaction> inside(crm::sdk::Session& session) const;

  std::uint64_t writes() const override { return writes_.load(std::memory_order_acquire); }

 protected:
  Result<void> run(Mode mode, const Step& step) override;

 private:
  crm::sdk::Database& database_;
  CrmPorts ports_;
  std::atomic<std::uint64_t> writes_{0};
};

}  // namespace scheduling
