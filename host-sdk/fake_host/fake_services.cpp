#include "fake_host/fake_services.hpp"

#include <algorithm>

namespace crm::app {
namespace {

bool may_see(const sdk::Viewer& viewer, const sdk::Record& record) {
  return viewer.is_system() || viewer.role == sdk::Role::admin || !record.owner || record.owner == viewer.user;
}

class FakeSession final : public sdk::Session {
 public:
  explicit FakeSession(FakeDatabase& database) : database_(database) {}

  sdk::Ticket post(const sdk::Statement& statement, std::span<const sdk::Param> params) noexcept override {
    database_.record(std::string(statement.name));
    const sdk::Ticket ticket{++number_};
    answers_.emplace(number_, database_.answer ? database_.answer(statement, params)
                                               : sdk::Outcome<sdk::RowsPtr>(std::make_unique<FakeRows>(
                                                     std::vector<std::vector<FakeRows::Cell>>{})));
    return ticket;
  }
  sdk::Outcome<sdk::RowsPtr> collect(sdk::Ticket ticket) noexcept override {
    const auto found = answers_.find(ticket.number);
    if (found == answers_.end())
      return sdk::fail(sdk::FailureKind::broken, "this ticket was collected or never posted");
    auto answer = std::move(found->second);
    answers_.erase(found);
    return answer;
  }
  sdk::Done begin() noexcept override { return note("BEGIN", true); }
  sdk::Done commit() noexcept override { return note("COMMIT", false); }
  void rollback() noexcept override { (void)note("ROLLBACK", false); }
  bool in_transaction() const noexcept override { return in_transaction_; }
  sdk::Done savepoint(std::string_view name) noexcept override {
    return note("SAVEPOINT " + std::string(name), in_transaction_);
  }
  sdk::Done release(std::string_view name) noexcept override {
    return note("RELEASE " + std::string(name), in_transaction_);
  }
  sdk::Done rollback_to(std::string_view name) noexcept override {
    return note("ROLLBACK TO " + std::string(name), in_transaction_);
  }

 private:
  sdk::Done note(std::string text, bool in_transaction) {
    database_.record(std::move(text));
    in_transaction_ = in_transaction;
    return {};
  }
  FakeDatabase& database_;
  std::map<std::uint32_t, sdk::Outcome<sdk::RowsPtr>> answers_;
  std::uint32_t number_ = 0;
  bool in_transaction_ = false;
};

}  // namespace

sdk::Outcome<std::unique_ptr<sdk::Session>> FakeDatabase::acquire(std::chrono::milliseconds) noexcept {
  return std::make_unique<FakeSession>(*this);
}

std::vector<std::string> FakeDatabase::statements() const {
  const std::lock_guard lock(mutex_);
  return statements_;
}

void FakeDatabase::record(std::string text) {
  const std::lock_guard lock(mutex_);
  statements_.push_back(std::move(text));
}

void FakeLog::write(sdk::LogLevel, std::string_view event, std::initializer_list<Pair> fields) noexcept {
  std::string line(event);
  for (const auto& [name, value] : fields) line.append(" ").append(name).append("=").append(value);
  const std::lock_guard lock(mutex_);
  lines_.push_back(std::move(line));
}

std::vector<std::string> FakeLog::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

sdk::Outcome<sdk::User> FakeUsers::find(sdk::Session&, sdk::UserId id) noexcept {
  for (const sdk::User& user : users)
    if (user.id == id) return user;
  return sdk::fail(sdk::FailureKind::not_found, "no such user");
}

sdk::Outcome<std::string> FakeUsers::locale_of(sdk::Session& session, sdk::UserId id) noexcept {
  if (auto user = find(session, id); !user) return sdk::fail(user.error());
  const auto known = locales.find(id);
  return known == locales.end() ? std::string() : known->second;
}

sdk::Outcome<sdk::Record> FakeRecords::find(sdk::Session&, const sdk::Viewer& viewer, sdk::RecordId id) noexcept {
  for (const sdk::Record& record : records)
    if (record.id == id && may_see(viewer, record)) return record;
  return sdk::fail(sdk::FailureKind::not_found, "no such record");
}

sdk::Outcome<std::vector<sdk::Record>> FakeRecords::find_by_email(sdk::Session&, const sdk::Viewer& viewer,
                                                                  std::string_view module,
                                                                  std::string_view email) noexcept {
  std::vector<sdk::Record> found;
  for (const sdk::Record& record : records)
    if (record.module == module && may_see(viewer, record) &&
        record.data_json.find('"' + std::string(email) + '"') != std::string::npos)
      found.push_back(record);
  return found;
}

sdk::Outcome<sdk::RecordId> FakeRecords::create(sdk::Session&, const sdk::RecordDraft& draft,
                                                const sdk::Cause&) noexcept {
  const sdk::RecordId id{static_cast<std::int64_t>(records.size()) + 1};
  records.push_back({id, draft.module, draft.data_json, draft.owner, {}, {}});
  return id;
}

sdk::Done FakeRecords::update(sdk::Session&, sdk::RecordId id, std::string_view data_json, const sdk::Cause&) noexcept {
  for (sdk::Record& record : records) {
    if (record.id != id) continue;
    record.data_json = data_json;
    return {};
  }
  return sdk::fail(sdk::FailureKind::not_found, "no such record");
}

sdk::Done FakeRecords::add_activity(sdk::Session&, const sdk::ActivityDraft& draft, const sdk::Cause&) noexcept {
  std::erase_if(activities, [&](const sdk::ActivityDraft& one) {
    return !draft.key.empty() && one.record == draft.record && one.kind == draft.kind && one.key == draft.key;
  });
  activities.push_back(draft);
  return {};
}

sdk::Outcome<std::vector<sdk::Activity>> FakeRecords::recent_activities(sdk::Session& session,
                                                                        const sdk::Viewer& viewer, sdk::RecordId id,
                                                                        int count) noexcept {
  if (!viewer.is_system())
    if (const auto seen = find(session, viewer, id); !seen) return sdk::fail(seen.error());
  std::vector<sdk::Activity> found;
  for (auto one = activities.rbegin(); one != activities.rend(); ++one)
    if (one->record == id) found.push_back({one->kind, one->subject, one->occurs_at, one->data_json});
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.occurs_at > b.occurs_at; });
  found.resize(std::min(found.size(), static_cast<std::size_t>(std::max(count, 0))));
  return found;
}

std::string FakeSite::record_url(std::string_view module, sdk::RecordId id) const noexcept {
  return module == "contacts" && id ? public_url() + "/contacts/" + std::to_string(id.value) : std::string();
}

sdk::Outcome<sdk::Delivery> FakeMailer::deliver(const sdk::Envelope& envelope, std::string_view message) noexcept {
  sent.emplace_back(envelope, std::string(message));
  if (!outcomes.empty()) {
    auto outcome = std::move(outcomes.front());
    outcomes.pop_front();
    return outcome;
  }
  return sdk::Delivery{sdk::DeliveryStatus::accepted, "250 OK"};
}

sdk::Outcome<std::string> FakeSecrets::seal(std::string_view plain, std::string_view bound_to) noexcept {
  return std::string(bound_to) + '\0' + std::string(plain.rbegin(), plain.rend());
}

sdk::Outcome<std::string> FakeSecrets::open(std::string_view sealed, std::string_view bound_to) noexcept {
  const std::string front = std::string(bound_to) + '\0';
  if (!sealed.starts_with(front)) return sdk::fail(sdk::FailureKind::invalid, "sealed for something else");
  sealed.remove_prefix(front.size());
  return std::string(sealed.rbegin(), sealed.rend());
}

sdk::Outcome<std::string> FakeSecrets::random_bytes(std::size_t count) noexcept {
  std::string bytes(count, '\0');
  for (char& byte : bytes) byte = static_cast<char>(next_ = next_ * 1103515245U + 12345U);
  return bytes;
}

}  // namespace crm::app
