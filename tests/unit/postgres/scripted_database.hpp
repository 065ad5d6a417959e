#pragma once
/// A Database whose sessions fail as a test tells them to; it runs no statement.
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "crm/sdk/database.hpp"

namespace scheduling::test {

struct ScriptedDatabase final : crm::sdk::Database {
  std::optional<crm::sdk::FailureKind> acquiring{};
  std::optional<crm::sdk::FailureKind> committing{};
  int acquired = 0;
  int open = 0;
  int commits = 0;
  int rollbacks = 0;
  std::optional<std::chrono::milliseconds> limit{};  ///< of the last session that has one

  class Session final : public crm::sdk::Session {
   public:
    explicit Session(ScriptedDatabase& database) : database_(database) { ++database_.open; }
    ~Session() override { --database_.open; }
    crm::sdk::Ticket post(const crm::sdk::Statement&, std::span<const crm::sdk::Param>) noexcept override { return {}; }
    crm::sdk::Outcome<crm::sdk::RowsPtr> collect(crm::sdk::Ticket) noexcept override {
      return crm::sdk::fail(crm::sdk::FailureKind::broken, "this session runs no statement");
    }
    crm::sdk::Done begin() noexcept override { return {}; }
    crm::sdk::Done commit() noexcept override {
      ++database_.commits;
      if (database_.committing) return crm::sdk::fail(*database_.committing, "COMMIT");
      return {};
    }
    void rollback() noexcept override { ++database_.rollbacks; }
    bool in_transaction() const noexcept override { return true; }
    crm::sdk::Done savepoint(std::string_view) noexcept override { return {}; }
    crm::sdk::Done release(std::string_view) noexcept override { return {}; }
    crm::sdk::Done rollback_to(std::string_view) noexcept override { return {}; }
    void limit_waits(std::chrono::milliseconds limit) noexcept override { database_.limit = limit; }

   private:
    ScriptedDatabase& database_;
  };

  crm::sdk::Outcome<std::unique_ptr<crm::sdk::Session>> acquire(std::chrono::milliseconds) noexcept override {
    ++acquired;
    if (acquiring) return crm::sdk::fail(*acquiring, "no connection is free");
    return std::make_unique<Session>(*this);
  }
};

}  // namespace scheduling::test
