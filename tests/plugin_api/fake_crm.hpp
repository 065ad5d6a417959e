#pragma once
/// What the module needs of a CRM, as little as its own routes use.
#include "crm/sdk/services.hpp"

namespace scheduling::test {

inline constexpr crm::sdk::Statement k_find_user{
    "test.find_user", "SELECT id, email, name, role, timezone, is_active FROM users WHERE id = $1"};
inline constexpr crm::sdk::Statement k_all_users{
    "test.all_users", "SELECT id, email, name, role, timezone, is_active FROM users WHERE is_active ORDER BY id"};

class TableUsers final : public crm::sdk::Users {
 public:
  crm::sdk::Outcome<crm::sdk::User> find(crm::sdk::Session& session, crm::sdk::UserId id) noexcept override {
    auto rows = session.run(k_find_user, {id});
    if (!rows) return crm::sdk::fail(rows.error());
    if ((*rows)->size() == 0) return crm::sdk::fail(crm::sdk::FailureKind::not_found, "no such user");
    return read(**rows, 0);
  }
  crm::sdk::Outcome<std::vector<crm::sdk::User>> all_active(crm::sdk::Session& session) noexcept override {
    auto rows = session.run(k_all_users);
    if (!rows) return crm::sdk::fail(rows.error());
    std::vector<crm::sdk::User> users;
    for (std::size_t i = 0; i < (*rows)->size(); ++i) users.push_back(read(**rows, i));
    return users;
  }

 private:
  static crm::sdk::User read(const crm::sdk::Rows& rows, std::size_t at) {
    crm::sdk::RowReader row(rows, at);
    crm::sdk::User user;
    user.id = row.next<crm::sdk::UserId>();
    user.email = row.next<std::string>();
    user.name = row.next<std::string>();
    user.role = row.next<std::string>() == "admin" ? crm::sdk::Role::admin : crm::sdk::Role::rep;
    user.timezone = row.next<std::string>();
    user.is_active = row.next<bool>();
    return user;
  }
};

class NoRecords final : public crm::sdk::RecordBook {
  template <class T>
  static crm::sdk::Outcome<T> none() {
    return crm::sdk::fail(crm::sdk::FailureKind::not_found, "this CRM has no records");
  }
  using Text = std::string_view;

 public:
  crm::sdk::Outcome<crm::sdk::Record> find(crm::sdk::Session&, const crm::sdk::Viewer&,
                                           crm::sdk::RecordId) noexcept override {
    return none<crm::sdk::Record>();
  }
  crm::sdk::Outcome<std::vector<crm::sdk::Record>> find_by_email(crm::sdk::Session&, const crm::sdk::Viewer&, Text,
                                                                 Text) noexcept override {
    return std::vector<crm::sdk::Record>{};
  }
  crm::sdk::Outcome<crm::sdk::RecordId> create(crm::sdk::Session&, const crm::sdk::RecordDraft&,
                                               const crm::sdk::Cause&) noexcept override {
    return none<crm::sdk::RecordId>();
  }
  crm::sdk::Done update(crm::sdk::Session&, crm::sdk::RecordId, Text, const crm::sdk::Cause&) noexcept override {
    return none<void>();
  }
  crm::sdk::Done add_activity(crm::sdk::Session&, const crm::sdk::ActivityDraft&,
                              const crm::sdk::Cause&) noexcept override {
    return none<void>();
  }
  crm::sdk::Outcome<std::vector<crm::sdk::Activity>> recent_activities(crm::sdk::Session&, const crm::sdk::Viewer&,
                                                                       crm::sdk::RecordId, int) noexcept override {
    return std::vector<crm::sdk::Activity>{};
  }
};

class NoJobs final : public crm::sdk::Jobs {
 public:
  void nudge(std::string_view) noexcept override {}
};

class NoMailer final : public crm::sdk::Mailer {
 public:
  bool is_configured() const noexcept override { return false; }
  crm::sdk::Outcome<crm::sdk::Delivery> deliver(const crm::sdk::Envelope&, std::string_view) noexcept override {
    return crm::sdk::fail(crm::sdk::FailureKind::unavailable, "no mail here");
  }
};

class FixedSettings final : public crm::sdk::Settings {
 public:
  std::string json() const noexcept override { return text; }
  std::string text = "{}";
};

class PlainSecrets final : public crm::sdk::Secrets {
 public:
  crm::sdk::Outcome<std::string> seal(std::string_view plain, std::string_view bound_to) noexcept override {
    return std::string(bound_to) + "|" + std::string(plain);
  }
  crm::sdk::Outcome<std::string> open(std::string_view sealed, std::string_view bound_to) noexcept override {
    const std::string prefix = std::string(bound_to) + "|";
    if (!sealed.starts_with(prefix)) return crm::sdk::fail(crm::sdk::FailureKind::invalid, "bound to something else");
    return std::string(sealed.substr(prefix.size()));
  }
  bool is_current(std::string_view) const noexcept override { return true; }
  crm::sdk::Outcome<std::string> random_bytes(std::size_t count) noexcept override {
    std::string bytes(count, '\0');
    for (char& byte : bytes) byte = static_cast<char>(++counter_);
    return bytes;
  }

 private:
  unsigned counter_ = 0;
};

class ExampleSite final : public crm::sdk::Site {
 public:
  std::string public_url() const noexcept override { return "https://crm.example.com"; }
};

}  // namespace scheduling::test
