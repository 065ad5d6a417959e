#include "plugin/adapters/ical/ical_writer.hpp"

#include "plugin/adapters/ical/ical_parts.hpp"
#include "plugin/core/booking/email_address.hpp"
#include "plugin/core/text/header_text.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/utf8.hpp"
#include "plugin/core/text/web_values.hpp"

namespace scheduling {
namespace {

/// Addresses are URIs, which the library writes as they are: a line break would begin a property of its own.
std::string address_of(const CalendarPerson& who) {
  std::string out = "mailto:";
  const auto address = EmailAddress::parse(who.email);
  for (std::string_view email = address ? address->ascii() : who.email; !email.empty();) {
    const std::string_view character = take_character(email);
    if (is_plain(character, Lines::one) && character != " " && character != "\"") out += character;
  }
  return out;
}

/// A parameter value cannot hold quotes (RFC 5545), and RFC 6868's escape for them is unknown to many readers. The
/// library reads that escape but leaves its sign as it is: "^n" in a name would become a line break.
icalparameter* common_name(const CalendarPerson& who) {
  const std::string name = HeaderText(who.name).text();
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '^' && i + 1 < name.size() && std::string_view("n^'\"").find(name[i + 1]) != std::string_view::npos)
      out += '^';
    out += name[i] == '"' ? '\'' : name[i];
  }
  return icalparameter_new_cn(out.c_str());
}

icalproperty* attendee(CalendarMethod method, const CalendarPerson& who) {
  icalproperty* property = icalproperty_new_attendee(address_of(who).c_str());
  const auto add = [&](icalparameter* parameter) { icalproperty_add_parameter(property, parameter); };
  if (!who.name.empty()) add(common_name(who));
  add(icalparameter_new_role(who.is_chair ? ICAL_ROLE_CHAIR : ICAL_ROLE_REQPARTICIPANT));
  if (method != CalendarMethod::request) return property;  // a CANCEL asks nothing
  add(icalparameter_new_partstat(who.is_chair ? ICAL_PARTSTAT_ACCEPTED : ICAL_PARTSTAT_NEEDSACTION));
  if (!who.is_chair) add(icalparameter_new_rsvp(ICAL_RSVP_TRUE));
  return property;
}

void add_people(icalcomponent* event, CalendarMethod method, const CalendarEvent& meeting) {
  if (!meeting.organizer.email.empty()) {
    icalproperty* organizer = icalproperty_new_organizer(address_of(meeting.organizer).c_str());
    if (!meeting.organizer.name.empty()) icalproperty_add_parameter(organizer, common_name(meeting.organizer));
    icalcomponent_add_property(event, organizer);
  }
  if (method == CalendarMethod::publish) return;  // RFC 5546 section 3.2.1: no ATTENDEE
  for (const CalendarPerson& who : meeting.attendees) icalcomponent_add_property(event, attendee(method, who));
}

icalproperty_status status_of(CalendarMethod method, const CalendarEvent& meeting) {
  const bool is_cancelled = method == CalendarMethod::publish && meeting.is_cancelled;
  if (is_cancelled || method == CalendarMethod::cancel) return ICAL_STATUS_CANCELLED;
  return meeting.is_tentative ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED;
}

icalproperty_method method_of(CalendarMethod method) {
  if (method == CalendarMethod::cancel) return ICAL_METHOD_CANCEL;
  return method == CalendarMethod::request ? ICAL_METHOD_REQUEST : ICAL_METHOD_PUBLISH;
}

icalcomponent* alarm_of(std::chrono::minutes before, const std::string& text) {
  icalcomponent* alarm = icalcomponent_new_valarm();
  icaltriggertype trigger{};
  trigger.time = icaltime_null_time();
  trigger.duration = icaldurationtype_from_int(-static_cast<int>(std::chrono::seconds(before).count()));
  icalcomponent_add_property(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
  icalcomponent_add_property(alarm, icalproperty_new_description(text.c_str()));
  icalcomponent_add_property(alarm, icalproperty_new_trigger(trigger));
  return alarm;
}

icalcomponent* event_of(CalendarMethod method, const CalendarEvent& meeting) {
  icalcomponent* event = icalcomponent_new_vevent();
  const auto add = [&](icalproperty* property) { icalcomponent_add_property(event, property); };
  // A text of nothing but blanks is no value to many readers, and SUMMARY must have one (RFC 5546).
  const auto add_text = [&](icalproperty* (*make)(const char*), const std::string& text) {
    if (!trimmed(text).empty()) add(make(text.c_str()));
  };
  std::string summary = ical_lines(meeting.summary);
  if (trimmed(summary).empty()) summary = "Meeting";
  add(icalproperty_new_uid(ical_lines(meeting.uid).c_str()));
  add(icalproperty_new_sequence(meeting.sequence));
  add(icalproperty_new_dtstamp(ical_utc(meeting.stamp)));
  add(icalproperty_new_dtstart(ical_utc(meeting.start)));
  add(icalproperty_new_dtend(ical_utc(meeting.end)));
  add(icalproperty_new_summary(summary.c_str()));
  add_text(icalproperty_new_description, ical_lines(meeting.description));
  add_text(icalproperty_new_location, ical_lines(meeting.location));
  if (is_web_address(meeting.url, Scheme::http_or_https)) add(icalproperty_new_url(meeting.url.c_str()));
  const icalproperty_status status = status_of(method, meeting);
  add(icalproperty_new_status(status));
  add(icalproperty_new_transp(ICAL_TRANSP_OPAQUE));
  add_people(event, method, meeting);
  if (meeting.alarm_before && status != ICAL_STATUS_CANCELLED)
    icalcomponent_add_component(event, alarm_of(*meeting.alarm_before, summary));
  return event;
}

class IcalWriter final : public CalendarFile {
 public:
  std::string write(CalendarMethod method, const CalendarEvent& meeting) const override {
    const IcalComponent calendar(icalcomponent_new_vcalendar());
    const auto add = [&](icalproperty* property) { icalcomponent_add_property(calendar.get(), property); };
    add(icalproperty_new_prodid("-//Meeting Scheduler//EN"));
    add(icalproperty_new_version("2.0"));
    add(icalproperty_new_calscale("GREGORIAN"));
    add(icalproperty_new_method(method_of(method)));
    icalcomponent_add_component(calendar.get(), event_of(method, meeting));
    return ical_string(calendar.get());
  }
};

}  // namespace

std::unique_ptr<CalendarFile> make_ical_writer() {
  return std::make_unique<IcalWriter>();
}

}  // namespace scheduling
