#include "plugin/adapters/crm/crm_record_book.hpp"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <utility>

#include "crm/sdk/json_input.hpp"
#include "plugin/failure/sdk_failure.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {
namespace {

/// Top-level values a form could have asked for; lists and objects are not ours to read. A record that cannot be read
/// has none: whoever it belongs to can be booked with all the same.
TextFields flat_fields(const std::string& json) {
  TextFields fields;
  const auto object = crm::sdk::read_stored_object(json);
  if (!object) return fields;
  for (const auto& [name, value] : *object)
    if (std::string text = crm::sdk::scalar_text(value); !text.empty()) fields.emplace(name, std::move(text));
  return fields;
}

std::vector<std::string> addresses_of(const std::string& json) {
  std::vector<std::string> addresses;
  const auto object = crm::sdk::read_stored_object(json);
  if (!object) return addresses;
  const auto add = [&](const Poco::Dynamic::Var& value) {
    if (std::string text = crm::sdk::scalar_text(value); !text.empty()) addresses.push_back(std::move(text));
  };
  if (object->has("email")) add(object->get("email"));
  if (object->isArray("emails"))
    for (const auto& one : *object->getArray("emails")) add(one);
  return addresses;
}

constexpr const char* k_meeting_activity = "meeting";

/// Whose entry it is; ids are written as text, see activity_of(). What somebody else wrote is nobody's.
void read_meeting(const std::string& json, TimelineEntry& entry) {
  try {
    const auto data = crm::sdk::read_stored_object(json);
    if (!data) return;
    const auto number = [&](const char* name) { return std::stoll(data->optValue<std::string>(name, "0")); };
    if (const MeetingId meeting{number("meeting_id")}; meeting.value != 0) entry.meeting = meeting;
    entry.chain = MeetingId{number("chain_id")};
  } catch (const std::exception&) {
    return;
  }
}

crm::sdk::Viewer viewer_of(const ContactReader& reader) {
  return {crm::sdk::UserId{reader.user.value}, reader.is_admin ? crm::sdk::Role::admin : crm::sdk::Role::rep};
}

Result<Contact> contact_of(const crm::sdk::Record& record) {
  try {
    return Contact{ContactId{record.id.value}, UserId{record.owner.value}, flat_fields(record.data_json),
                   addresses_of(record.data_json)};
  } catch (const std::exception& error) {
    return fail(Code::broken, "record " + std::to_string(record.id.value) + ": " + error.what());
  }
}

std::string fields_text(const TextFields& fields) {
  JsonText json;
  json.value(fields);
  return json.take();
}

std::string activity_text(const MeetingActivity& activity) {
  JsonText json;
  json.begin_object();
  for (const auto& [name, text] : activity.data) json.field(name, text);
  if (!activity.answers.empty()) {
    json.key("answers").begin_array();
    for (const auto& [label, answer] : activity.answers)
      json.begin_object().field("label", label).field("answer", answer).end_object();
    json.end_array();
  }
  if (!activity.suggestions.empty()) json.field("suggestions", activity.suggestions);
  json.end_object();
  return json.take();
}

}  // namespace

void CrmRecordBook::ask_by_email(std::string_view email) {
  asked_ = std::string(email);
  ticket_ = book_.post_find_by_email(session_, k_contacts, email);
}

Result<std::vector<Contact>> CrmRecordBook::find_by_email(std::string_view email) {
  const bool was_asked = std::exchange(asked_, std::nullopt) == email;
  auto records = was_asked ? book_.collect_find_by_email(session_, ticket_, viewer_, k_contacts, email)
                           : book_.find_by_email(session_, viewer_, k_contacts, email);
  if (!records) return fail(to_error(records.error()));
  std::vector<Contact> contacts;
  for (const crm::sdk::Record& record : *records) {
    auto contact = contact_of(record);
    if (!contact) return fail(std::move(contact.error()));
    contacts.push_back(std::move(*contact));
  }
  return contacts;
}

Result<Contact> CrmRecordBook::find(ContactId id) {
  auto record = book_.find(session_, viewer_, crm::sdk::RecordId{id.value});
  if (!record) return fail(to_error(record.error()));
  if (record->module != k_contacts) return fail(Code::not_found);
  return contact_of(*record);
}

Result<std::vector<ContactId>> CrmRecordBook::seen_by(const ContactReader& reader, std::span<const ContactId> ids) {
  std::vector<crm::sdk::RecordId> asked;
  for (const ContactId id : ids) asked.push_back(crm::sdk::RecordId{id.value});
  auto seen = book_.seen(session_, viewer_of(reader), asked);
  if (!seen) return fail(to_error(seen.error()));
  std::vector<ContactId> contacts;
  for (const crm::sdk::RecordId id : *seen) contacts.push_back(ContactId{id.value});
  return contacts;
}

Result<std::vector<TimelineEntry>> CrmRecordBook::recent(const ContactReader& reader, ContactId id, int count) {
  auto activities = book_.recent_activities(session_, viewer_of(reader), crm::sdk::RecordId{id.value}, count);
  if (!activities) return fail(to_error(activities.error()));
  std::vector<TimelineEntry> entries;
  for (crm::sdk::Activity& activity : *activities) {
    TimelineEntry& entry = entries.emplace_back();
    entry.subject = std::move(activity.subject);
    entry.occurs_at = std::chrono::floor<std::chrono::seconds>(activity.occurs_at);
    if (activity.kind == k_meeting_activity) read_meeting(activity.data_json, entry);
  }
  return entries;
}

Result<ContactId> CrmRecordBook::create(UserId owner, const TextFields& fields) {
  const crm::sdk::RecordDraft draft{k_contacts, fields_text(fields), crm::sdk::UserId{owner.value}};
  auto id = book_.create(session_, draft, cause());
  if (!id) return fail(to_error(id.error()));
  return ContactId{id->value};
}

Result<void> CrmRecordBook::change(ContactId id, const TextFields& fields, UserId by) {
  const crm::sdk::RecordId record{id.value};
  auto found = book_.find(session_, viewer_, record);
  if (!found) return fail(to_error(found.error()));
  auto object = crm::sdk::read_stored_object(found->data_json);
  if (found->module != k_contacts || !object) return fail(Code::not_found);
  for (const auto& [name, text] : fields) object->set(name, text);
  auto done =
      book_.update(session_, record, crm::sdk::json_text(*object), {k_module_id, crm::sdk::UserId{by.value}, {}});
  if (!done) return fail(to_error(done.error()));
  return {};
}

std::vector<std::string> CrmRecordBook::addresses_in(std::string_view stored) const {
  return addresses_of(std::string(stored));
}

Result<void> CrmRecordBook::log(const MeetingActivity& activity) {
  crm::sdk::ActivityDraft draft;
  draft.record = crm::sdk::RecordId{activity.contact.value};
  draft.kind = k_meeting_activity;
  draft.subject = activity.subject;
  draft.occurs_at = activity.occurs_at;
  draft.data_json = activity_text(activity);
  draft.user = crm::sdk::UserId{activity.user.value};
  draft.key = activity.key;
  auto done = book_.add_activity(session_, draft, cause());
  if (!done) return fail(to_error(done.error()));
  return {};
}

}  // namespace scheduling
