#include "plugin/services/mail/localized_mail.hpp"

#include "plugin/core/text/direction.hpp"
#include "plugin/core/time/zone_text.hpp"

namespace scheduling {
namespace {

std::string_view canceller_of(const Meeting& meeting) {
  return meeting.cancellation ? name_of(meeting.cancellation->by) : "other";
}

}  // namespace

LocalizedMail::LocalizedMail(const MessageCatalog& messages, const LocalizedTime& times,
                             const LocalizedLocation& places, const MailSpec& spec, const MailData& data)
    : messages_(messages),
      times_(times),
      places_(places),
      spec_(spec),
      data_(data),
      zone_(times.zone(spec.zone.name(), data.details.meeting.timezone)),
      is_right_to_left_(messages.text("direction", spec.locale) == "rtl") {
  add_names();
  add_times();
}

void LocalizedMail::add_names() {
  const MeetingDetails& details = data_.details;
  facts_.text("type", name(details.type.content.name)).text("host", name(host_names(details)));
  facts_.text("attendee", name(details.meeting.attendee_name)).text("sender", name(sender()));
  facts_.text("invites", data_.provider_invites ? "provider" : "scheduler");
  facts_.text("again", is_about(MeetingEvent::outcome) && spec_.offset ? "yes" : "no");
  facts_.text("team", details.other_hosts.empty() ? "no" : "yes");
  facts_.text("email", details.host.email).text("by", std::string(canceller_of(details.meeting)));
}

void LocalizedMail::add_times() {
  const TimeRange time = meeting().time;
  facts_.text("day", times_.short_day(zone_, time.start(), spec_.locale)).text("time", this->time(time.start()));
  facts_.text("when", times_.span(zone_, time, spec_.locale));
  facts_.text("zone", times_.zone_label(zone_, time.start(), spec_.locale));
  facts_.text("lead", times_.lead(zone_, {data_.now, time.start(), spec_.offset}, spec_.locale));
  if (spec_.previous_start) facts_.text("previous", date_and_time(*spec_.previous_start));
  if (data_.confirm_by) facts_.text("deadline", date_and_time(*data_.confirm_by));
}

std::string LocalizedMail::say(std::string_view key, std::string_view name, std::string value) const {
  MessageArgs args = facts_;
  return messages_.text(of_mails(key), spec_.locale, args.text(std::string(name), std::move(value)));
}

std::string LocalizedMail::say(std::string_view key, std::string_view name, std::int64_t value) const {
  MessageArgs args = facts_;
  return messages_.text(of_mails(key), spec_.locale, args.number(std::string(name), value));
}

std::string LocalizedMail::say_for(std::string_view part) const {
  // Only a hand-over has a former host to write to.
  const MeetingEvent meeting_event = is_for(MailRole::previous_host) ? MeetingEvent::reassigned : spec_.meeting_event;
  return say(std::string(name_of(meeting_event)) + "." + std::string(name_of(spec_.role)) + "." + std::string(part));
}

std::string LocalizedMail::fact(std::string_view name) const {
  const auto found = facts_.texts.find(name);
  return found == facts_.texts.end() ? std::string() : found->second;
}

std::string LocalizedMail::name(std::string_view text) const {
  return is_right_to_left_ || has_right_to_left(text) ? isolated(text) : std::string(text);
}

std::string LocalizedMail::date_and_time(Instant at) const {
  std::string text = times_.moment(zone_, at, spec_.locale);
  const auto offset = zone_.rules->offset_at(at);
  if (offset != zone_.rules->offset_at(meeting().time.start())) text += " (" + offset_text(offset) + ")";
  return text;
}

std::string LocalizedMail::duration() const {
  return times_.duration(std::chrono::floor<std::chrono::minutes>(meeting().time.length()), spec_.locale);
}

std::string LocalizedMail::sender() const {
  const MeetingDetails& details = data_.details;
  if (!details.page) return details.host.name;
  return details.page->content.branding.company_name.value_or(details.page->content.name);
}

bool LocalizedMail::is_ended() const {
  return is_about(MeetingEvent::cancelled) || is_about(MeetingEvent::declined) || is_about(MeetingEvent::expired);
}

bool LocalizedMail::is_pending() const {
  if (is_ended() || is_for(MailRole::previous_host)) return false;
  return is_about(MeetingEvent::requested) || meeting().status == MeetingStatus::pending;
}

}  // namespace scheduling
