#include "plugin/adapters/calendar_file/ical_writer.hpp"

#include <libical/ical.h>

#include <cstdlib>

namespace scheduling {
namespace {

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

/// Built from its parts: icaltime's own zone lookups would read zone files.
icaltimetype utc(std::chrono::sys_seconds at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{at - day};
  icaltimetype time = icaltime_null_time();
  time.year = static_cast<int>(date.year());
  time.month = static_cast<int>(static_cast<unsigned>(date.month()));
  time.day = static_cast<int>(static_cast<unsigned>(date.day()));
  time.hour = static_cast<int>(clock.hours().count());
  time.minute = static_cast<int>(clock.minutes().count());
  time.second = static_cast<int>(clock.seconds().count());
  time.zone = icaltimezone_get_utc_timezone();
  return time;
}

/// Control characters have no place in a calendar file, and would end up in other people's programs.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c == '\n' || c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)) out += c;
  return out;
}

/// A quoted parameter value cannot hold quotes (RFC 5545); RFC 6868's escape is unknown to many readers.
std::string quotable(std::string_view name) {
  std::string out = printable(name);
  for (char& c : out)
    if (c == '"' || c == '\n' || c == '\t') c = '\'';
  return out;
}

icalproperty* person(icalproperty* property, const CalendarPerson& who) {
  if (!who.name.empty()) icalproperty_add_parameter(property, icalparameter_new_cn(quotable(who.name).c_str()));
  return property;
}

void add_people(icalcomponent* event, CalendarMethod method, const CalendarEvent& meeting) {
  const auto address = [](const std::string& email) { return "mailto:" + printable(email); };
  if (!meeting.organizer.email.empty())
    icalcomponent_add_property(
        event, person(icalproperty_new_organizer(address(meeting.organizer.email).c_str()), meeting.organizer));
  for (const CalendarPerson& who : meeting.attendees) {
    icalproperty* property = person(icalproperty_new_attendee(address(who.email).c_str()), who);
    icalproperty_add_parameter(property, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
    icalproperty_add_parameter(property, icalparameter_new_partstat(ICAL_PARTSTAT_ACCEPTED));
    if (method == CalendarMethod::request)
      icalproperty_add_parameter(property, icalparameter_new_rsvp(ICAL_RSVP_FALSE));
    icalcomponent_add_property(event, property);
  }
}

icalproperty_status status_of(const CalendarEvent& meeting) {
  if (meeting.is_cancelled) return ICAL_STATUS_CANCELLED;
  return meeting.is_tentative ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED;
}

icalproperty_method method_of(CalendarMethod method) {
  if (method == CalendarMethod::cancel) return ICAL_METHOD_CANCEL;
  return method == CalendarMethod::request ? ICAL_METHOD_REQUEST : ICAL_METHOD_PUBLISH;
}

icalcomponent* event_of(CalendarMethod method, const CalendarEvent& meeting) {
  icalcomponent* event = icalcomponent_new_vevent();
  const auto add = [&](icalproperty* property) { icalcomponent_add_property(event, property); };
  add(icalproperty_new_uid(printable(meeting.uid).c_str()));
  add(icalproperty_new_sequence(meeting.sequence));
  add(icalproperty_new_dtstamp(utc(meeting.stamp)));
  add(icalproperty_new_dtstart(utc(meeting.start)));
  add(icalproperty_new_dtend(utc(meeting.end)));
  add(icalproperty_new_summary(printable(meeting.summary).c_str()));
  if (!meeting.description.empty()) add(icalproperty_new_description(printable(meeting.description).c_str()));
  if (!meeting.location.empty()) add(icalproperty_new_location(printable(meeting.location).c_str()));
  if (!meeting.url.empty()) add(icalproperty_new_url(printable(meeting.url).c_str()));
  add(icalproperty_new_status(status_of(meeting)));
  add(icalproperty_new_transp(ICAL_TRANSP_OPAQUE));
  add_people(event, method, meeting);
  return event;
}

class IcalWriter final : public CalendarFile {
 public:
  std::string write(CalendarMethod method, const CalendarEvent& meeting) const override {
    const Component calendar(icalcomponent_new_vcalendar());
    const auto add = [&](icalproperty* property) { icalcomponent_add_property(calendar.get(), property); };
    add(icalproperty_new_prodid("-//Meeting Scheduler//EN"));
    add(icalproperty_new_version("2.0"));
    add(icalproperty_new_calscale("GREGORIAN"));
    add(icalproperty_new_method(method_of(method)));
    icalcomponent_add_component(calendar.get(), event_of(method, meeting));
    const std::unique_ptr<char, void (*)(char*)> text(icalcomponent_as_ical_string_r(calendar.get()),
                                                      [](char* p) { std::free(p); });
    return text ? std::string(text.get()) : std::string();
  }
};

}  // namespace

std::unique_ptr<CalendarFile> make_ical_writer() { return std::make_unique<IcalWriter>(); }

}  // namespace scheduling
