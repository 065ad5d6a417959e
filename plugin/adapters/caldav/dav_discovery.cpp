#include "plugin/adapters/caldav/dav_discovery.hpp"

#include <algorithm>

#include "plugin/core/text/plain_text.hpp"

namespace scheduling {
namespace {

constexpr const char* k_where = "<D:current-user-principal/><D:resourcetype/><C:calendar-home-set/>";
constexpr const char* k_who = "<C:calendar-home-set/><C:calendar-user-address-set/><C:schedule-inbox-URL/>";
constexpr const char* k_calendar =
    "<D:resourcetype/><D:displayname/><D:current-user-privilege-set/><C:calendar-timezone/>"
    "<C:supported-calendar-component-set/>";
constexpr std::size_t k_calendars_max = 500;
constexpr std::size_t k_name_max = 400;
constexpr std::size_t k_id_max = 1000;

auto wrong(const char* field, const char* code, const char* message) {
  FieldErrors errors;
  errors.add(field, code, message);
  return fail(std::move(errors).to_error());
}

std::string lower_ascii(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

/// The first href inside a property.
std::optional<DavUrl> href_in(const DavMember& member, std::string_view space, std::string_view local,
                              const DavUrl& beside) {
  const XmlElement* const value = member.value(space, local);
  const XmlElement* const href = value ? value->child(k_dav, "href") : nullptr;
  return href ? beside.resolve(trimmed(href->text)) : std::nullopt;
}

/// The member that was asked about, which some servers list together with others.
std::optional<DavMember> only_member(const DavReply& reply) {
  if (!reply.is(207)) return std::nullopt;
  auto answer = parse_multistatus(reply.http.body);
  if (!answer || answer->members.empty()) return std::nullopt;
  return std::move(answer->members.front());
}

bool is_calendar(const DavMember& member) {
  const XmlElement* const type = member.value(k_dav, "resourcetype");
  if (!type || !type->has(k_caldav, "calendar")) return false;
  const XmlElement* const kinds = member.value(k_caldav, "supported-calendar-component-set");
  if (!kinds || kinds->children.empty()) return true;
  return std::ranges::any_of(kinds->children,
                             [](const XmlElement& each) { return each.attribute("name") == "VEVENT"; });
}

bool can_write(const DavMember& member) {
  const XmlElement* const set = member.value(k_dav, "current-user-privilege-set");
  if (!set) return true;  // not told: the first write will tell
  return std::ranges::any_of(set->children, [](const XmlElement& each) {
    return each.has(k_dav, "all") || each.has(k_dav, "write") || each.has(k_dav, "write-content") ||
           each.has(k_dav, "bind");
  });
}

std::string name_of_calendar(const DavMember& member, const DavUrl& url) {
  std::string name = member.text(k_dav, "displayname");
  if (name.empty()) {
    name = url.path;
    while (name.size() > 1 && name.ends_with('/')) name.pop_back();
    name.erase(0, name.rfind('/') + 1);
  }
  std::size_t end = std::min(name.size(), k_name_max);
  while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return name.substr(0, end);
}

class Discovery {
 public:
  Discovery(HttpClient& http, std::shared_ptr<const NetworkList> guard, const PasswordQuestion& question, DavUrl url)
      : client_(http, std::move(guard), url, question.username, question.password), url_(std::move(url)) {
    account_.username = question.username;
    account_.password = question.password;
  }

  Result<DavAccount> run() {
    DavUrl well_known = url_;
    well_known.path = "/.well-known/caldav";
    DavUrl root = url_;
    root.path = "/";
    for (const DavUrl& each : {url_, well_known, root}) {
      auto found = look(each);
      if (!found) return fail(std::move(found.error()));
      if (*found) return std::move(account_);
    }
    return wrong("url", "no_calendars", "No calendars were found at this address.");
  }

 private:
  Result<bool> look(const DavUrl& at) {
    const DavReply reply = client_.propfind(at, 0, k_where);
    if (auto refused = check(reply, at.path == url_.path); !refused) return fail(std::move(refused.error()));
    const auto member = only_member(reply);
    if (!member) return false;
    if (auto home = href_in(*member, k_caldav, "calendar-home-set", reply.url))
      return settle(*home, *member, reply.url);
    const auto principal = href_in(*member, k_dav, "current-user-principal", reply.url);
    if (principal) return ask_principal(*principal);
    if (!is_calendar(*member)) return false;
    account_.home = reply.url.text();
    return true;
  }

  Result<bool> ask_principal(const DavUrl& principal) {
    const DavReply reply = client_.propfind(principal, 0, k_who);
    if (auto refused = check(reply, true); !refused) return fail(std::move(refused.error()));
    const auto member = only_member(reply);
    if (!member) return false;
    const auto home = href_in(*member, k_caldav, "calendar-home-set", reply.url);
    return home ? settle(*home, *member, reply.url) : Result<bool>(false);
  }

  Result<bool> settle(const DavUrl& home, const DavMember& principal, const DavUrl& beside) {
    account_.home = home.text();
    if (const XmlElement* const addresses = principal.value(k_caldav, "calendar-user-address-set"))
      for (const XmlElement& each : addresses->children) add_address(std::string(trimmed(each.text)));
    if (account_.username.find('@') != std::string::npos) add_address("mailto:" + account_.username);
    if (const auto inbox = href_in(principal, k_caldav, "schedule-inbox-URL", beside)) {
      const DavReply reply = client_.propfind(*inbox, 0, "<C:schedule-default-calendar-URL/>");
      if (const auto member = only_member(reply))
        if (const auto calendar = href_in(*member, k_caldav, "schedule-default-calendar-URL", reply.url))
          account_.default_calendar = calendar->id_beside(home);
    }
    return true;
  }

  void add_address(const std::string& uri) {
    const std::string lower = lower_ascii(uri);
    if (!lower.starts_with("mailto:") || lower.find_first_of("\r\n") != std::string::npos) return;
    std::string address = lower.substr(7);
    if (std::ranges::count(account_.addresses, address) == 0) account_.addresses.push_back(std::move(address));
  }

  /// What a person can mend by typing something else. `is_certain`: not merely one of the places to look at.
  static Done check(const DavReply& reply, bool is_certain) {
    if (reply.http.is_forbidden)
      return wrong("url", "forbidden_address",
                   "The CRM may not call this address. Public servers need https; private networks need the "
                   "administrator's permission.");
    if (reply.is_elsewhere)
      return wrong("url", "leads_elsewhere", "This server leads to another domain. Enter the address there.");
    if (reply.is(401) && reply.wants_other_log_in)
      return wrong("url", "no_password_log_in", "This server does not take user names and passwords.");
    if (reply.is(401))
      return wrong("password", "log_in_refused", "The server does not take this user name and password.");
    if (is_certain && !reply.is_answered()) return wrong("url", "unreachable", "The server does not answer.");
    return {};
  }

  DavClient client_;
  DavUrl url_;
  DavAccount account_;
};

}  // namespace

Result<DavAccount> discover(HttpClient& http, std::shared_ptr<const NetworkList> guard,
                            const PasswordQuestion& question) {
  auto url = DavUrl::parse(question.url);
  if (!url) return wrong("url", "invalid_format", "The address of the server, such as https://dav.example.com.");
  if (question.username.empty() || question.username.find(':') != std::string::npos)
    return wrong("username", "invalid_format", "The user name at that server, without a colon.");
  if (question.password.empty()) return wrong("password", "required", "The password is missing.");
  return Discovery(http, std::move(guard), question, std::move(*url)).run();
}

Told<RemoteCalendars> list_calendars(DavClient& client, const DavAccount& account, const CalendarObjects& objects) {
  const auto home = DavUrl::parse(account.home);
  if (!home) return ProviderError{ProviderTrouble::refused, "The stored address cannot be read.", {}};
  const DavReply reply = client.propfind(*home, 1, k_calendar);
  if (!reply.is(207)) return dav_error(reply, false);
  const auto answer = parse_multistatus(reply.http.body);
  if (!answer) return ProviderError{ProviderTrouble::unavailable, "The answer cannot be read.", {}};
  RemoteCalendars out;
  out.account = account.username.find('@') == std::string::npos
                    ? account.username + "@" + home->origin.substr(home->origin.find("://") + 3)
                    : account.username;
  for (const DavMember& member : answer->members) {
    const auto url = is_calendar(member) ? reply.url.resolve(member.href) : std::nullopt;
    if (!url || out.calendars.size() >= k_calendars_max) continue;
    RemoteCalendar calendar;
    calendar.id = url->id_beside(*home);
    if (calendar.id.size() > k_id_max) continue;
    calendar.name = name_of_calendar(member, *url);
    calendar.timezone = objects.zone_in(member.text(k_caldav, "calendar-timezone"));
    calendar.can_write = can_write(member);
    out.calendars.push_back(std::move(calendar));
  }
  if (out.calendars.empty()) return ProviderError{ProviderTrouble::refused, "The server shows no calendars.", {}};
  std::ranges::sort(out.calendars, {}, &RemoteCalendar::id);
  auto primary = std::ranges::find(out.calendars, account.default_calendar, &RemoteCalendar::id);
  if (primary == out.calendars.end()) primary = std::ranges::find(out.calendars, true, &RemoteCalendar::can_write);
  (primary == out.calendars.end() ? out.calendars.front() : *primary).is_primary = true;
  return out;
}

}  // namespace scheduling
