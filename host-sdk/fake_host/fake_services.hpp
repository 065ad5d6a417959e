#pragma once
/// The CRM's services in memory. They read from plain members, which a test fills, and record every call there.
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "crm/sdk/services.hpp"

namespace crm::app {

class FakeRows final : public sdk::Rows {
 public:
  using Cell = std::optional<std::string>;
  explicit FakeRows(std::vector<std::vector<Cell>> rows, std::size_t affected = 0)
      : rows_(std::move(rows)), affected_(affected) {}
  std::size_t size() const noexcept override { return rows_.size(); }
  std::size_t columns() const noexcept override { return rows_.empty() ? 0 : rows_.front().size(); }
  std::size_t affected() const noexcept override { return affected_; }
  bool is_null(std::size_t row, std::size_t column) const noexcept override { return !rows_[row][column]; }
  std::string_view text(std::size_t row, std::size_t column) const noexcept override {
    return rows_[row][column] ? std::string_view(*rows_[row][column]) : std::string_view{};
  }

 private:
  std::vector<std::vector<Cell>> rows_;
  std::size_t affected_;
};

/// Records every statement by name; answers from `answer` when it is set, else with no rows.
class FakeDatabase final : public sdk::Database {
 public:
  using Answer = std::function<sdk::Outcome<sdk::RowsPtr>(const sdk::Statement&, std::span<const sdk::Param>)>;
  using sdk::Database::acquire;
  sdk::Outcome<std::unique_ptr<sdk::Session>> acquire(std::chrono::milliseconds wait) noexcept override;
  std::vector<std::string> statements() const;
  void record(std::string text);
  Answer answer;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> statements_;
};

class FakeClock final : public sdk::Clock {
 public:
  sdk::Micros now() const noexcept override { return at; }
  sdk::Micros at{std::chrono::sys_days{std::chrono::year{2025} / 3 / 9}};
};

class FakeLog final : public sdk::Log {
 public:
  void write(sdk::LogLevel level, std::string_view event, std::initializer_list<Pair> fields) noexcept override;
  std::vector<std::string> lines() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

class FakeUsers final : public sdk::Users {
 public:
  sdk::Outcome<sdk::User> find(sdk::Session&, sdk::UserId id) noexcept override;
  sdk::Outcome<std::vector<sdk::User>> all_active(sdk::Session&) noexcept override { return users; }
  sdk::Outcome<std::string> locale_of(sdk::Session&, sdk::UserId id) noexcept override;
  std::vector<sdk::User> users;
  std::map<sdk::UserId, std::string> locales;  ///< of users whose language is known
};

/// A user sees their own records and those of nobody; an admin and the system see all.
class FakeRecords final : public sdk::RecordBook {
 public:
  sdk::Outcome<sdk::Record> find(sdk::Session&, const sdk::Viewer& viewer, sdk::RecordId id) noexcept override;
  sdk::Outcome<std::vector<sdk::Record>> find_by_email(sdk::Session&, const sdk::Viewer& viewer,
                                                       std::string_view module,
                                                       std::string_view email) noexcept override;
  sdk::Outcome<sdk::RecordId> create(sdk::Session&, const sdk::RecordDraft& draft, const sdk::Cause&) noexcept override;
  sdk::Done update(sdk::Session&, sdk::RecordId id, std::string_view data_json, const sdk::Cause&) noexcept override;
  sdk::Done add_activity(sdk::Session&, const sdk::ActivityDraft& draft, const sdk::Cause&) noexcept override;
  sdk::Outcome<std::vector<sdk::Activity>> recent_activities(sdk::Session&, const sdk::Viewer& viewer, sdk::RecordId id,
                                                             int count) noexcept override;
  std::vector<sdk::Record> records;
  std::vector<sdk::ActivityDraft> activities;
};

class FakeMailer final : public sdk::Mailer {
 public:
  bool is_configured() const noexcept override { return true; }
  sdk::Outcome<sdk::Delivery> deliver(const sdk::Envelope& envelope, std::string_view message) noexcept override;
  std::string sender() const noexcept override { return "crm@example.test"; }
  /// How the next deliveries end, first come first served; when none is left: accepted.
  std::deque<sdk::Outcome<sdk::Delivery>> outcomes;
  std::vector<std::pair<sdk::Envelope, std::string>> sent;
};

class FakeSettings final : public sdk::Settings {
 public:
  std::string json() const noexcept override { return text; }
  std::string text = "{}";
};

/// Seals by writing the binding in front; enough to prove that the same binding is given again.
class FakeSecrets final : public sdk::Secrets {
 public:
  sdk::Outcome<std::string> seal(std::string_view plain, std::string_view bound_to) noexcept override;
  sdk::Outcome<std::string> open(std::string_view sealed, std::string_view bound_to) noexcept override;
  /// What a test put into `outdated` was sealed with an older key.
  bool is_current(std::string_view sealed) const noexcept override { return sealed != outdated; }
  sdk::Outcome<std::string> random_bytes(std::size_t count) noexcept override;
  std::string outdated;

 private:
  unsigned next_ = 1;
};

/// Remembers who was nudged; nothing runs by itself, see FakeCrm::run_job().
class FakeJobs final : public sdk::Jobs {
 public:
  void nudge(std::string_view job) noexcept override { nudged.emplace_back(job); }
  std::vector<std::string> nudged;
};

class FakeSite final : public sdk::Site {
 public:
  std::string public_url() const noexcept override { return "https://crm.example.test"; }
  /// As in the reference CRM: contacts have an html page.
  std::string record_url(std::string_view module, sdk::RecordId id) const noexcept override;
};

}  // namespace crm::app
