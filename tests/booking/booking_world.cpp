#include "tests/booking/booking_world.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSON/Stringifier.h>
#include <Poco/StringTokenizer.h>
#include <Poco/URI.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "crm/sdk/form.hpp"
#include "reference_host/records/hook_table.hpp"
#include "reference_host/records/record_book.hpp"
#include "reference_host/system/secret_box.hpp"
#include "tests/integration/counting_database.hpp"
#include "tests/integration/pg_fixture.hpp"

namespace scheduling::test {

using namespace crm::sdk;

namespace {

constexpr Statement k_find_user{"test.find_user",
                                "SELECT id, email, name, role, timezone, is_active FROM users WHERE id = $1"};

constexpr Statement k_active_users{"test.active_users", "SELECT id FROM users WHERE is_active ORDER BY id"};

class TableUsers final : public Users {
 public:
  Outcome<User> find(Session& session, crm::sdk::UserId id) noexcept override {
    auto rows = session.run(k_find_user, {id});
    if (!rows) return crm::sdk::fail(rows.error());
    if ((*rows)->size() == 0) return crm::sdk::fail(FailureKind::not_found, "no such user");
    RowReader row(**rows, 0);
    User user;
    user.id = row.next<crm::sdk::UserId>();
    user.email = row.next<std::string>();
    user.name = row.next<std::string>();
    user.role = row.next<std::string>() == "admin" ? Role::admin : Role::rep;
    user.timezone = row.next<std::string>();
    user.is_active = row.next<bool>();
    return user;
  }
  Outcome<std::vector<User>> all_active(Session& session) noexcept override {
    auto rows = session.run(k_active_users);
    if (!rows) return crm::sdk::fail(rows.error());
    std::vector<User> users;
    for (std::size_t i = 0; i < (*rows)->size(); ++i) {
      auto user = find(session, RowReader(**rows, i).next<crm::sdk::UserId>());
      if (user) users.push_back(std::move(*user));
    }
    return users;
  }
};

class TextSettings final : public Settings {
 public:
  std::string json() const noexcept override { return text; }
  std::string text = "{}";
};

class NoJobs final : public crm::sdk::Jobs {
 public:
  void nudge(std::string_view) noexcept override {}
};

class ExampleSite final : public crm::sdk::Site {
 public:
  std::string public_url() const noexcept override { return "https://crm.example"; }
  bool has_default_limits() const noexcept override { return has_limits; }
  bool has_limits = false;
};

AvailabilityPatch office_hours() {
  std::vector<WeeklyRuleDraft> rules;
  for (std::int64_t day = 1; day <= 5; ++day) rules.push_back({day, "09:00", "17:00", true});
  AvailabilityPatch patch;
  patch.rules = std::move(rules);
  patch.minimum_notice_minutes = 60;
  return patch;
}

std::vector<std::string> segments_of(const std::string& path) {
  const Poco::StringTokenizer parts(path, "/", Poco::StringTokenizer::TOK_IGNORE_EMPTY);
  return {parts.begin(), parts.end()};
}

}  // namespace

std::string at(const Response& response, std::string_view path) {
  Poco::JSON::Parser parser;
  Poco::Dynamic::Var value = parser.parse(response.body);
  for (const std::string& step : Poco::StringTokenizer(std::string(path), ".")) {
    if (value.type() == typeid(Poco::JSON::Object::Ptr)) {
      const auto object = value.extract<Poco::JSON::Object::Ptr>();
      if (!object->has(step)) return "(absent)";
      value = object->get(step);
    } else if (value.type() == typeid(Poco::JSON::Array::Ptr)) {
      const auto array = value.extract<Poco::JSON::Array::Ptr>();
      if (step == "size") return std::to_string(array->size());
      if (std::stoul(step) >= array->size()) return "(absent)";
      value = array->get(static_cast<unsigned>(std::stoul(step)));
    } else {
      return "(absent)";
    }
  }
  if (value.isString()) return value.extract<std::string>();
  if (value.isEmpty()) return "null";
  std::ostringstream out;
  Poco::JSON::Stringifier::stringify(value, out);
  return out.str();
}

std::string header(const Response& response, std::string_view name) {
  for (const Header& each : response.headers)
    if (each.name == name) return each.value;
  return {};
}

Outcome<Delivery> PostOffice::deliver(const Envelope& envelope, std::string_view message) noexcept {
  const std::lock_guard lock(mutex_);
  const Posted posted{envelope.to.front(), std::string(message)};
  auto delivery = decision_ ? decision_(posted) : Outcome<Delivery>(Delivery{DeliveryStatus::accepted, "250 ok"});
  if (delivery && delivery->status == DeliveryStatus::accepted) posted_.push_back(posted);
  return delivery;
}

std::vector<Posted> PostOffice::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(posted_, {});
}

std::string header_in(const Posted& posted, std::string_view name) {
  const std::string head = "\r\n" + posted.message.substr(0, posted.message.find("\r\n\r\n")) + "\r\n";
  const std::size_t at = head.find("\r\n" + std::string(name) + ": ");
  if (at == std::string::npos) return {};
  const std::size_t from = at + 4 + name.size();
  std::string value = head.substr(from, head.find("\r\n", from) - from);
  return value;
}

struct BookingWorld::Impl {
  explicit Impl(const std::string& zone_folder)
      : first_zone_folder(zone_folder), hooks(stored.log()), records(hooks, stored.clock()) {
    auto key = crm::app::SecretKey::load(folder.path() + "/secret.key");
    if (!key) throw std::runtime_error(key.error().message);
    secrets = key->secrets_for("meeting_scheduler");
    services = std::make_unique<Services>(
        Services{database, stored.clock(), stored.log(), users, records, mailer, settings, *secrets, site, jobs});
    wiring = make(zone_folder);
  }

  std::unique_ptr<Wiring> make(const std::string& zone_folder) {
    return std::make_unique<Wiring>(*services, SCHEDULING_WEB_ASSETS, zone_folder);
  }

  std::string first_zone_folder;
  crm::test::TestDatabase stored{crm::test::Schema::crm_and_module};
  crm::test::CountingDatabase database{stored.database()};
  crm::test::TemporaryFolder folder;
  crm::app::HookTable hooks;
  crm::app::PgRecordBook records;
  TableUsers users;
  PostOffice mailer;
  TextSettings settings;
  ExampleSite site;
  NoJobs jobs;
  std::unique_ptr<Secrets> secrets;
  std::unique_ptr<Services> services;
  std::unique_ptr<Wiring> wiring;
  std::once_flag elsewhere_once;  ///< few tests ask for it, some from several threads
  std::unique_ptr<Wiring> elsewhere;
};

BookingWorld::BookingWorld(const std::string& zone_folder) : impl_(std::make_unique<Impl>(zone_folder)) {
  set_now("2025-01-13T12:00:00Z");
  rep_ = add_user("rosa@example.test", "Rosa Rep");
  if (auto saved = wiring().availability.save(rep(), office_hours()); !saved)
    throw std::runtime_error(saved.error().detail);
  PagePatch page;
  page.slug = "rosa";
  page.name = "Rosa Rep";
  page.timezone = "America/New_York";
  auto created = wiring().scheduling.create_page(rep(), page);
  if (!created) throw std::runtime_error(created.error().detail);
  page_ = created->id;
  call_ = add_type("call");
}
BookingWorld::~BookingWorld() = default;

Wiring& BookingWorld::wiring() {
  return *impl_->wiring;
}
BookingParts BookingWorld::parts() {
  Wiring& all = wiring();
  return {all.transactions, all.calendars, all.targets, all.availability, all.host_queue, all.zones,   all.phones,
          *all.tokens,      all.settings,  all.clock,   all.form_stamps,  all.use_meter,  all.networks};
}
Result<Meeting> BookingWorld::reassign(const Actor& actor, MeetingId meeting, UserId host,
                                       const std::string& request_id) {
  return MeetingHandover(parts()).reassign(actor, meeting, {host, {}, request_id});
}
int BookingWorld::take_round_trips() {
  return impl_->database.take_round_trips();
}
Wiring& BookingWorld::elsewhere() {
  std::call_once(impl_->elsewhere_once, [this] { impl_->elsewhere = impl_->make(impl_->first_zone_folder); });
  return *impl_->elsewhere;
}
Wiring& BookingWorld::restart(const std::string& zone_folder) {
  impl_->wiring.reset();
  impl_->wiring = impl_->make(zone_folder);
  return *impl_->wiring;
}
PostOffice& BookingWorld::post_office() {
  return impl_->mailer;
}
void BookingWorld::use_default_limits() {
  impl_->site.has_limits = true;
  impl_->settings.text += " ";  // the same settings, to be read again
}
void BookingWorld::set_settings(const std::string& json) {
  impl_->settings.text = json;
}
std::string BookingWorld::sql(const std::string& statement) {
  return impl_->stored.sql(statement);
}
void BookingWorld::set_now(std::string_view rfc3339) {
  impl_->stored.clock().set(parse_instant(rfc3339).value());
}

crm::sdk::UserId BookingWorld::add_user(const std::string& email, const std::string& name) {
  return crm::sdk::UserId{std::stoll(
      sql("INSERT INTO users (email, email_key, name, password_hash, role, timezone, created_at) VALUES ('" + email +
          "', '" + email + "', '" + name + "', 'x', 'rep', 'America/New_York', '2025-01-01') RETURNING id"))};
}

MeetingTypeId BookingWorld::add_type(const std::string& slug, const std::function<void(MeetingTypePatch&)>& change) {
  MeetingTypePatch patch;
  patch.page = page_;
  patch.name = "Discovery Call";
  patch.slug = slug;
  patch.duration_minutes = 30;
  patch.location_type = "phone";
  patch.location_details = "+1 202 555 0100";  // the attendee calls, so a request needs no number
  if (change) change(patch);
  auto type = wiring().scheduling.create_type(rep(), patch);
  if (!type) throw std::runtime_error(type.error().fields.empty() ? type.error().detail : type.error().fields[0].field);
  return type->id;
}

void BookingWorld::change_type(MeetingTypeId id, const std::function<void(MeetingTypePatch&)>& change) {
  MeetingTypePatch patch;
  change(patch);
  auto type = wiring().scheduling.update_type(rep(), id, patch);
  if (!type) throw std::runtime_error(type.error().detail);
}

std::int64_t BookingWorld::add_contact(const std::string& data, crm::sdk::UserId owner) {
  auto id = in_transaction(impl_->stored.database(), [&](Session& session) {
    return impl_->records.create(session, {"contacts", data, owner}, Cause{});
  });
  if (!id) throw std::runtime_error(id.error().message);
  return id->value;
}

BookingCommand BookingWorld::request(const std::string& start, const std::string& email) {
  BookingCommand request;
  request.page_slug = "rosa";
  request.type_slug = "call";
  request.start = start;
  request.timezone = "Europe/Berlin";
  request.attendee.attendee_name = "Ada Lovelace";
  request.attendee.attendee_email = email;
  return request;
}

Booking BookingWorld::book(const std::string& start, const std::string& email) {
  BookingResult answer = booking().book(request(start, email));
  if (!answer.booking)
    throw std::runtime_error("refused: " + std::string(name_of(answer.refusal.code)) + " " + answer.refusal.detail);
  return std::move(*answer.booking);
}

namespace {

/// As the host reads it: what has no readable value has U+FFFD, what has no readable name is not there.
crm::sdk::Form::Fields query_of(std::string_view text) {
  crm::sdk::Form::Fields fields;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
    const auto name = crm::sdk::Form::parse(pair.substr(0, pair.find('=')));
    if (!name || name->fields().empty()) continue;
    const auto whole = crm::sdk::Form::parse(pair);
    const std::string& key = name->fields().front().first;
    const std::string value = whole ? whole->value(key) : "\xEF\xBF\xBD";
    fields.emplace_back(key, value.find('\n') == std::string::npos ? value : "\xEF\xBF\xBD");
  }
  return fields;
}

}  // namespace

Response BookingWorld::send(const Sent& sent) {
  const std::size_t mark = std::min(sent.path.find('?'), sent.path.size());
  std::string path;
  Poco::URI::decode(sent.path.substr(0, mark), path);
  const auto segments = segments_of(path);
  const auto query = query_of(sent.path.substr(std::min(mark + 1, sent.path.size())));
  Request request;
  request.method = sent.method;
  request.path = path;
  request.target = sent.path;
  request.body = sent.body;
  request.request_id = "test";
  request.headers.push_back({"Accept", sent.accept});
  if (!sent.type.empty()) request.headers.push_back({"Content-Type", sent.type});
  request.client_address = sent.address;
  request.is_from_unknown_proxy = sent.is_from_unknown_proxy;
  if (sent.is_by_script) request.headers.push_back({"X-Requested-With", "fetch"});
  if (!sent.key.empty()) request.headers.push_back({"Idempotency-Key", sent.key});
  for (const auto& [name, value] : query) request.query.push_back({name, value});

  Handlers& handlers = wiring().handlers;
  if (segments[1] == "manage" && segments[2] == "request") {
    request.params.push_back({"token", segments[3]});
    if (segments.size() == 4) return handlers.approval.show(request);
    return segments[4] == "confirm" ? handlers.approval.confirm(request) : handlers.approval.decline(request);
  }
  if (segments[1] == "manage" && segments[2] == "outcome") {
    request.params.push_back({"token", segments[3]});
    return sent.method == Method::get ? handlers.outcome.show(request) : handlers.outcome.record(request);
  }
  if (segments[1] == "assets") {
    if (segments.size() == 3) return handlers.public_booking.zones(request);
    request.params.push_back({"stylesheet", segments[3]});
    return handlers.public_booking.theme(request);
  }
  if (segments[1] == "manage" && segments[2] == "verify") {
    request.params.push_back({"token", segments[3]});
    return sent.method == Method::get ? handlers.verification.show(request) : handlers.verification.confirm(request);
  }
  const bool is_manage = segments[1] == "manage" || segments[1] == "cancel" || segments[1] == "reschedule";
  request.params.push_back({is_manage ? "token" : "slug", is_manage ? segments[2] : segments[1]});
  if (segments[1] == "cancel") return handlers.manage.cancel(request);
  if (segments[1] == "reschedule")
    return segments.size() == 4 ? handlers.manage.month(request) : handlers.manage.reschedule(request);
  if (is_manage) return segments.size() == 4 ? handlers.manage.invite(request) : handlers.manage.show(request);
  if (segments.size() == 2) return handlers.public_booking.page(request);
  request.params.push_back({"meetingType", segments[2]});
  if (segments.size() == 3 && sent.method == crm::sdk::Method::post) return handlers.public_booking.choose(request);
  if (segments.size() == 3) return handlers.public_booking.type(request);
  if (segments[3] == "month") return handlers.public_booking.month(request);
  return segments[3] == "slots" ? handlers.public_booking.slots(request) : handlers.public_booking.book(request);
}

}  // namespace scheduling::test
