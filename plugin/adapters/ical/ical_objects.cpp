#include "plugin/adapters/ical/ical_objects.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "plugin/adapters/ical/ical_parts.hpp"
#include "plugin/adapters/ical/series_expansion.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/web_values.hpp"

namespace scheduling {
namespace {

using std::chrono::seconds;

constexpr std::size_t k_object_max = 2 * 1024 * 1024;
constexpr std::size_t k_occurrences_max = 5000;

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

/// The text's VCALENDAR; the parser wraps several of them.
icalcomponent* calendar_in(icalcomponent* root) {
  if (!root) return nullptr;
  if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT) return root;
  return icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
}

IcalComponent parsed(std::string_view text) {
  if (text.size() > k_object_max || text.find('\0') != std::string_view::npos) return nullptr;
  return IcalComponent(icalparser_parse_string(std::string(text).c_str()));
}

std::vector<icalcomponent*> events_in(icalcomponent* calendar) {
  std::vector<icalcomponent*> events;
  for (icalcomponent* each = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); each;
       each = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
    events.push_back(each);
  return events;
}

icalproperty* recurrence_id(icalcomponent* event) {
  return icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);
}

bool changes_following(icalproperty* which) {
  icalparameter* const range = icalproperty_get_first_parameter(which, ICAL_RANGE_PARAMETER);
  return range && icalparameter_get_range(range) == ICAL_RANGE_THISANDFUTURE;
}

std::string address_in(const char* value) {
  const std::string text = lower_ascii(value ? value : "");
  return text.starts_with("mailto:") ? text.substr(7) : text;
}

AttendeeResponse response_in(icalproperty* attendee) {
  icalparameter* const state = icalproperty_get_first_parameter(attendee, ICAL_PARTSTAT_PARAMETER);
  switch (state ? icalparameter_get_partstat(state) : ICAL_PARTSTAT_NEEDSACTION) {
    case ICAL_PARTSTAT_ACCEPTED: return AttendeeResponse::accepted;
    case ICAL_PARTSTAT_TENTATIVE: return AttendeeResponse::tentative;
    case ICAL_PARTSTAT_DECLINED: return AttendeeResponse::declined;
    default: return AttendeeResponse::none;
  }
}

/// All but time and id.
RemoteEvent facts_of(icalcomponent* event, const std::vector<std::string>& own_addresses) {
  RemoteEvent out;
  if (const char* const uid = icalcomponent_get_uid(event)) out.mark = uid;
  out.is_cancelled = icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED;
  if (icalproperty* const shown = icalcomponent_get_first_property(event, ICAL_TRANSP_PROPERTY))
    out.is_free = icalproperty_get_transp(shown) == ICAL_TRANSP_TRANSPARENT ||
                  icalproperty_get_transp(shown) == ICAL_TRANSP_TRANSPARENTNOCONFLICT;
  for (icalproperty* each = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY); each;
       each = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
    RemoteAttendee attendee{address_in(icalproperty_get_attendee(each)), response_in(each)};
    if (attendee.response == AttendeeResponse::declined && std::ranges::count(own_addresses, attendee.email) > 0)
      out.is_declined = true;
    out.attendees.push_back(std::move(attendee));
  }
  return out;
}

void put_time(RemoteEvent& event, const IcalTime& start, seconds length) {
  IcalTime end = start;
  event.start = start.remote();
  if (std::holds_alternative<Instant>(*event.start)) {
    event.end = std::get<Instant>(*event.start) + length;
    return;
  }
  end.wall += length;
  event.end = end.remote();
}

std::string occurrence_id(WallTime wall) {
  std::string id = "#" + format_wall(wall);
  std::erase_if(id, [](char c) { return c == '-' || c == ':'; });
  return id;
}

bool touches(const RemoteEvent& event, TimeRange window) {
  const auto* const start = std::get_if<Instant>(&*event.start);
  const auto* const end = std::get_if<Instant>(&*event.end);
  return !start || !end || (*start < window.end() && *end > window.start());
}

/// One text, taken apart: what recurs, and the occurrences that were changed.
class Expansion {
 public:
  Expansion(icalcomponent* calendar, TimeRange window, const std::vector<std::string>& own, const ZoneSource& zones)
      : calendar_(calendar), window_(window), own_(own), zones_(zones) {}

  std::vector<RemoteEvent> run() {
    const auto events = events_in(calendar_);
    const auto master = std::ranges::find_if(events, [](icalcomponent* each) { return !recurrence_id(each); });
    const auto span = master == events.end() ? std::nullopt : span_of(*master, calendar_, zones_);
    std::set<WallTime> changed;
    for (icalcomponent* const each : events)
      if (icalproperty* const which = recurrence_id(each)) changed.insert(change(each, which, span));
    if (!span) return std::move(out_);
    if (recurs(*master))
      add_series(*master, *span, changed);
    else
      add(facts_of(*master, own_), "", span->start, span->length);
    return std::move(out_);
  }

 private:
  WallTime change(icalcomponent* event, icalproperty* which, const std::optional<IcalSpan>& series) {
    const IcalTime at = time_in(which, icalproperty_get_recurrenceid(which), calendar_, zones_);
    const WallTime wall = series ? wall_in(at, series->start.zone) : at.wall;
    const auto span = span_of(event, calendar_, zones_);
    if (!span) return wall;
    add(facts_of(event, own_), occurrence_id(wall), span->start, span->length);
    if (changes_following(which))
      following_.insert_or_assign(wall, Following{facts_of(event, own_), *span, span->start.wall - wall});
    return wall;
  }

  void add_series(icalcomponent* master, const IcalSpan& span, const std::set<WallTime>& changed) {
    const RemoteEvent facts = facts_of(master, own_);
    IcalTime start = span.start;
    for (const auto& [wall, length] : occurrences_of(master, calendar_, span, window_with_shifts(), zones_)) {
      if (changed.contains(wall)) continue;
      const auto next = following_.upper_bound(wall);
      if (next != following_.begin()) {
        add_following(std::prev(next)->second, wall);
        continue;
      }
      start.wall = wall;
      add(facts, occurrence_id(wall), start, length.value_or(span.length));
    }
  }

  /// RFC 5545, section 3.2.13: what a change says of an occurrence holds for all later ones, as far from where each
  /// stood. One that was changed by itself goes its own way.
  struct Following {
    RemoteEvent facts;
    IcalSpan span;
    seconds shift{0};
  };
  void add_following(const Following& changed, WallTime wall) {
    IcalTime start = changed.span.start;
    start.wall = wall + changed.shift;
    add(changed.facts, occurrence_id(wall), start, changed.span.length);
  }

  /// What is shifted into the window may have stood outside.
  TimeRange window_with_shifts() const {
    seconds most{0};
    for (const auto& [wall, changed] : following_)
      most = std::max({most, std::chrono::abs(changed.shift), changed.span.length});
    return {window_.start() - most, window_.end() + most};
  }

  void add(RemoteEvent event, std::string id, const IcalTime& start, seconds length) {
    if (out_.size() >= k_occurrences_max) return;
    put_time(event, start, length);
    event.id = std::move(id);
    if (touches(event, window_)) out_.push_back(std::move(event));
  }

  icalcomponent* calendar_;
  TimeRange window_;
  const std::vector<std::string>& own_;
  const ZoneSource& zones_;
  std::map<WallTime, Following> following_;
  std::vector<RemoteEvent> out_;
};

void set_text(icalcomponent* event, icalproperty_kind kind, icalproperty* (*make)(const char*), std::string_view text) {
  while (icalproperty* const old = icalcomponent_get_first_property(event, kind)) {
    icalcomponent_remove_property(event, old);
    icalproperty_free(old);
  }
  const std::string plain = ical_lines(text);
  if (!trimmed(plain).empty()) icalcomponent_add_property(event, make(plain.c_str()));
}

void drop(icalcomponent* event, std::initializer_list<icalproperty_kind> kinds) {
  for (const icalproperty_kind kind : kinds)
    while (icalproperty* const old = icalcomponent_get_first_property(event, kind)) {
      icalcomponent_remove_property(event, old);
      icalproperty_free(old);
    }
}

std::string mail_uri(std::string_view address) {
  std::string out = "mailto:";
  for (const char c : address)
    if (static_cast<unsigned char>(c) > ' ' && c != '"' && c != '\x7f') out += c;
  return out;
}

void put_people(icalcomponent* event, const CalendarObjectDraft& draft) {
  if (!draft.event.tells_attendees || draft.organizer.empty()) return;
  drop(event, {ICAL_ORGANIZER_PROPERTY});
  icalcomponent_add_property(event, icalproperty_new_organizer(mail_uri(draft.organizer).c_str()));
  // Whoever answered keeps their answer; who is no longer invited goes.
  std::set<std::string> wanted;
  for (const auto& each : draft.event.attendees) wanted.insert(lower_ascii(each.first));
  std::vector<icalproperty*> gone;
  for (icalproperty* each = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY); each;
       each = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY))
    if (wanted.erase(address_in(icalproperty_get_attendee(each))) == 0) gone.push_back(each);
  for (icalproperty* const each : gone) {
    icalcomponent_remove_property(event, each);
    icalproperty_free(each);
  }
  for (const auto& [address, name] : draft.event.attendees) {
    if (!wanted.contains(lower_ascii(address))) continue;
    icalproperty* const attendee = icalproperty_new_attendee(mail_uri(address).c_str());
    icalproperty_add_parameter(attendee, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
    icalproperty_add_parameter(attendee, icalparameter_new_rsvp(ICAL_RSVP_TRUE));
    icalcomponent_add_property(event, attendee);
  }
}

void put_draft(icalcomponent* event, const CalendarObjectDraft& draft) {
  drop(event, {ICAL_DTSTART_PROPERTY, ICAL_DTEND_PROPERTY, ICAL_DURATION_PROPERTY, ICAL_DTSTAMP_PROPERTY,
               ICAL_STATUS_PROPERTY, ICAL_RRULE_PROPERTY, ICAL_RDATE_PROPERTY, ICAL_EXDATE_PROPERTY});
  const auto add = [&](icalproperty* property) { icalcomponent_add_property(event, property); };
  add(icalproperty_new_dtstamp(ical_utc(draft.stamp)));
  add(icalproperty_new_dtstart(ical_utc(draft.event.start)));
  add(icalproperty_new_dtend(ical_utc(draft.event.end)));
  add(icalproperty_new_status(ICAL_STATUS_CONFIRMED));
  const bool has_summary = !trimmed(ical_lines(draft.event.summary)).empty();
  set_text(event, ICAL_SUMMARY_PROPERTY, icalproperty_new_summary, has_summary ? draft.event.summary : "Meeting");
  set_text(event, ICAL_DESCRIPTION_PROPERTY, icalproperty_new_description, draft.event.description);
  set_text(event, ICAL_LOCATION_PROPERTY, icalproperty_new_location, draft.event.location);
  put_people(event, draft);
}

class IcalObjects final : public CalendarObjects {
 public:
  explicit IcalObjects(const ZoneSource& zones) : zones_(zones) {}

  std::optional<std::vector<RemoteEvent>> expand(std::string_view text, TimeRange window,
                                                 const std::vector<std::string>& own_addresses) const override {
    const IcalComponent root = parsed(text);
    icalcomponent* const calendar = calendar_in(root.get());
    if (!calendar) return std::nullopt;
    return Expansion(calendar, window, own_addresses, zones_).run();
  }

  std::optional<RemoteEvent> read(std::string_view text, const std::vector<std::string>& own_addresses) const override {
    const IcalComponent root = parsed(text);
    icalcomponent* const calendar = calendar_in(root.get());
    if (!calendar) return std::nullopt;
    for (icalcomponent* const each : events_in(calendar)) {
      if (recurrence_id(each)) continue;
      RemoteEvent event = facts_of(each, own_addresses);
      if (const auto span = span_of(each, calendar, zones_)) put_time(event, span->start, span->length);
      return event;
    }
    return std::nullopt;
  }

  std::string write(const CalendarObjectDraft& draft) const override {
    const IcalComponent calendar(icalcomponent_new_vcalendar());
    const auto add = [&](icalproperty* property) { icalcomponent_add_property(calendar.get(), property); };
    add(icalproperty_new_prodid("-//Meeting Scheduler//EN"));
    add(icalproperty_new_version("2.0"));
    icalcomponent* const event = icalcomponent_new_vevent();
    icalcomponent_add_property(event, icalproperty_new_uid(ical_lines(draft.event.mark).c_str()));
    icalcomponent_add_property(event, icalproperty_new_sequence(0));
    icalcomponent_add_property(event, icalproperty_new_transp(ICAL_TRANSP_OPAQUE));
    put_draft(event, draft);
    icalcomponent_add_component(calendar.get(), event);
    return ical_string(calendar.get());
  }

  std::optional<std::string> rewrite(std::string_view text, const CalendarObjectDraft& draft) const override {
    const IcalComponent root = parsed(text);
    icalcomponent* const calendar = calendar_in(root.get());
    if (!calendar) return std::nullopt;
    icalcomponent* meeting = nullptr;
    for (icalcomponent* const each : events_in(calendar)) {
      if (!meeting && !recurrence_id(each)) {
        meeting = each;
        continue;
      }
      icalcomponent_remove_component(calendar, each);
      icalcomponent_free(each);
    }
    if (!meeting) return std::nullopt;
    const int sequence = icalcomponent_get_sequence(meeting);
    drop(meeting, {ICAL_SEQUENCE_PROPERTY});
    icalcomponent_add_property(meeting, icalproperty_new_sequence(sequence + 1));
    put_draft(meeting, draft);
    return ical_string(calendar);
  }

  std::string zone_in(std::string_view text) const override {
    const IcalComponent root = parsed(text);
    icalcomponent* const calendar = calendar_in(root.get());
    icalcomponent* const zone =
        calendar ? icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT) : nullptr;
    icalproperty* const tzid = zone ? icalcomponent_get_first_property(zone, ICAL_TZID_PROPERTY) : nullptr;
    std::string name;
    if (tzid) rules_of_tzid(icalproperty_get_tzid(tzid), zones_, &name);
    return name;
  }

 private:
  const ZoneSource& zones_;
};

}  // namespace

std::unique_ptr<CalendarObjects> make_ical_objects(const ZoneSource& zones) {
  return std::make_unique<IcalObjects>(zones);
}

}  // namespace scheduling
