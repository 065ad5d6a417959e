#pragma once
/// A borrowed connection as the SDK's Session: everything goes through libpq's pipeline.
///
/// Between two syncs the server treats what was queued as one unit. Outside a transaction that means:
/// when one of several queued statements fails, all of them fail, because all were rolled back.
#include <memory>
#include <optional>
#include <vector>

#include "reference_host/database/connection_pool.hpp"
#include "reference_host/database/pg_rows.hpp"

namespace crm::app {

class PgSession final : public sdk::Session {
 public:
  PgSession(std::shared_ptr<ConnectionPool> pool, std::unique_ptr<PgConnection> connection);
  ~PgSession() override;

  using sdk::Session::post;
  sdk::Ticket post(const sdk::Statement& statement, std::span<const sdk::Param> params) noexcept override;
  sdk::Outcome<sdk::RowsPtr> collect(sdk::Ticket ticket) noexcept override;
  sdk::Done begin() noexcept override;
  sdk::Done commit() noexcept override;
  void rollback() noexcept override;
  bool in_transaction() const noexcept override { return in_transaction_; }
  sdk::Done savepoint(std::string_view name) noexcept override;
  sdk::Done release(std::string_view name) noexcept override;
  sdk::Done rollback_to(std::string_view name) noexcept override;
  void limit_waits(std::chrono::milliseconds limit) noexcept override { limit_ = limit; }

 private:
  using Rows = std::unique_ptr<const PgRows>;
  using Entry = std::pair<const std::string, PgConnection::Prepared>;

  /// Something sent whose answer has not been read.
  struct Pending {
    enum class Kind : std::uint8_t { prepare, statement, sync };
    Kind kind;
    std::uint32_t ticket = 0;
    Entry* entry = nullptr;
  };
  /// An answer that nobody collected yet.
  struct Settled {
    std::uint32_t ticket;
    sdk::Outcome<Rows> answer;
    bool told = false;  ///< its failure already surfaced elsewhere
  };

  std::uint32_t send(std::string_view name, std::string_view sql, std::span<const sdk::Param> params);
  bool send_prepared(Entry& entry, std::uint32_t ticket);
  void sync();
  void drain();
  bool wait_for_input();
  bool read_one();
  void read_sync(ResultPtr result);
  void keep(const Pending& head, ResultPtr result);
  void settle(std::uint32_t ticket, sdk::Outcome<Rows> answer);
  void lose(sdk::Failure failure);
  std::optional<sdk::Failure> refusal();
  sdk::Outcome<Rows> take(std::uint32_t ticket);
  sdk::Done command(std::string_view sql);  ///< sends, waits, answers
  void end_transaction();

  std::shared_ptr<ConnectionPool> pool_;
  std::unique_ptr<PgConnection> connection_;
  std::chrono::milliseconds limit_;
  const std::uint64_t generation_;  ///< of the server that is connected
  std::vector<Pending> pending_;
  std::size_t pending_head_ = 0;
  std::vector<Settled> settled_;
  std::vector<std::uint32_t> batch_;                 ///< tickets answered since the last sync was read
  std::optional<sdk::Failure> batch_failure_;        ///< why the rest of the batch is not executed
  std::optional<sdk::Failure> transaction_failure_;  ///< the first; only ROLLBACK (TO) clears it
  std::optional<sdk::Failure> lost_;
  bool in_transaction_ = false;
  std::uint32_t last_ticket_ = 0;
};

}  // namespace crm::app
