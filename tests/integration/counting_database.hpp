#pragma once
/// The CRM's database, with its round trips counted: what is queued travels together with the first that waits.
#include <atomic>
#include <memory>
#include <string_view>
#include <utility>

#include "crm/sdk/database.hpp"

namespace crm::test {

class CountingDatabase final : public crm::sdk::Database {
 public:
  explicit CountingDatabase(crm::sdk::Database& database) : database_(database) {}

  crm::sdk::Outcome<std::unique_ptr<crm::sdk::Session>> acquire(std::chrono::milliseconds wait) noexcept override {
    auto session = database_.acquire(wait);
    if (!session) return session;
    return std::make_unique<CountingSession>(std::move(*session), trips_);
  }
  using Database::acquire;

  /// Since the last call.
  int take_round_trips() { return trips_.exchange(0); }

 private:
  class CountingSession final : public crm::sdk::Session {
   public:
    CountingSession(std::unique_ptr<crm::sdk::Session> session, std::atomic<int>& trips)
        : session_(std::move(session)), trips_(trips) {}

    crm::sdk::Ticket post(const crm::sdk::Statement& statement,
                          std::span<const crm::sdk::Param> params) noexcept override {
      // What stands in for a part of the CRM asks with statements of its own ("test.…"), one by one; the CRM does not.
      is_queued_ = is_queued_ || !statement.name.starts_with("test.");
      return session_->post(statement, params);
    }
    crm::sdk::Outcome<crm::sdk::RowsPtr> collect(crm::sdk::Ticket ticket) noexcept override {
      send();
      return session_->collect(ticket);
    }
    crm::sdk::Done begin() noexcept override {
      is_queued_ = true;
      return session_->begin();
    }
    crm::sdk::Done commit() noexcept override {
      is_queued_ = true;
      send();
      return session_->commit();
    }
    void rollback() noexcept override {
      is_queued_ = true;
      send();
      session_->rollback();
    }
    bool in_transaction() const noexcept override { return session_->in_transaction(); }
    crm::sdk::Done savepoint(std::string_view name) noexcept override {
      is_queued_ = true;
      return session_->savepoint(name);
    }
    crm::sdk::Done release(std::string_view name) noexcept override {
      is_queued_ = true;
      send();
      return session_->release(name);
    }
    crm::sdk::Done rollback_to(std::string_view name) noexcept override {
      is_queued_ = true;
      send();
      return session_->rollback_to(name);
    }
    void limit_waits(std::chrono::milliseconds limit) noexcept override { session_->limit_waits(limit); }

   private:
    void send() noexcept {
      if (std::exchange(is_queued_, false)) ++trips_;
    }

    std::unique_ptr<crm::sdk::Session> session_;
    std::atomic<int>& trips_;
    bool is_queued_ = false;
  };

  crm::sdk::Database& database_;
  std::atomic<int> trips_{0};
};

}  // namespace crm::test
