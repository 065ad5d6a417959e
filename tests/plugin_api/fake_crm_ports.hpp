#pragma once
/// The CRM's contacts and users in memory, for tests of what stands around them. They keep what they are told and
/// know nothing of transactions: where the database decides, use PostgreSQL.
#include <map>
#include <string>
#include <vector>

#include "plugin/adapters/postgres/pg_transactions.hpp"

namespace scheduling::test {

class FakeRecordBook final : public PipelinedRecordBook {
 public:
  std::map<ContactId, Contact> contacts{};
  std::vector<MeetingActivity> activities{};

  void ask_by_email(std::string_view) override {}
  Result<std::vector<Contact>> find_by_email(std::string_view email) override {
    std::vector<Contact> found;
    for (const auto& [id, contact] : contacts)
      if (const auto at = contact.fields.find("email"); at != contact.fields.end() && at->second == email)
        found.push_back(contact);
    return found;
  }
  Result<Contact> find(ContactId id) override {
    const auto found = contacts.find(id);
    if (found == contacts.end()) return fail(Code::not_found);
    return found->second;
  }
  Result<std::vector<ContactId>> seen_by(const ContactReader&, std::span<const ContactId> ids) override {
    return std::vector<ContactId>(ids.begin(), ids.end());
  }
  Result<std::vector<TimelineEntry>> recent(const ContactReader&, ContactId, int) override {
    return std::vector<TimelineEntry>{};
  }
  Result<ContactId> create(UserId owner, const TextFields& fields) override {
    const ContactId id{static_cast<std::int64_t>(contacts.size()) + 1};
    contacts[id] = Contact{id, owner, fields};
    return id;
  }
  Result<void> change(ContactId id, const TextFields& fields, UserId) override {
    if (!contacts.contains(id)) return fail(Code::not_found);
    for (const auto& [name, text] : fields) contacts[id].fields[name] = text;
    return {};
  }
  std::vector<std::string> addresses_in(std::string_view) const override { return {}; }
  Result<void> log(const MeetingActivity& activity) override {
    activities.push_back(activity);
    return {};
  }
};

class FakeUserDirectory final : public PipelinedUserDirectory {
 public:
  std::map<UserId, Person> people{};

  void ask(UserId) override {}
  void ask_among(std::span<const std::string>) override {}
  Result<std::vector<std::string>> users_among(std::span<const std::string>) override {
    return std::vector<std::string>{};
  }
  Result<Person> find(UserId id) override {
    const auto found = people.find(id);
    if (found == people.end()) return fail(Code::not_found);
    return found->second;
  }
  Result<std::vector<Person>> all_active() override {
    std::vector<Person> active;
    for (const auto& [id, person] : people)
      if (person.is_active) active.push_back(person);
    return active;
  }
  Result<std::string> locale_of(UserId) override { return std::string(); }
};

/// Each transaction gets empty ones of its own.
inline CrmPorts fake_crm_ports() {
  return {[](crm::sdk::Session&) { return std::make_unique<FakeRecordBook>(); },
          [](crm::sdk::Session&) { return std::make_unique<FakeUserDirectory>(); }};
}

}  // namespace scheduling::test
