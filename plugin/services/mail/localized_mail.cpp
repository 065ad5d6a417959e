#include "plugin/services/mail/localized_mail.hpp"

#include "plugin/core/text/direction.hpp"
#include "plugin/core/time/zone_text.hpp"

namespace scheduling {
namespace {

std::string_view canceller_of(const Meeting& meeting) {
  return meeting.cancellation ? name_of(meeting.cancellation->by) : "other";
}

}  // namespace

MailVoice::MailVoice(const MessageCatalog& messages, const TimeWords& times, const MailOrder& order,
                     const MailContext& context)
    : messages_(messages),
      times_(times),
      order_(order),
      context_(context),
      zone_(times.zone(order.zone.name(), context.sheet.meeting.timezone)),
      is_right_to_left_(messages.text("direction", order.locale) == "rtl") {
  add_names();
  add_times();
}

void MailVoice::add_names() {
  const MeetingSheet& sheet = context_.sheet;
  facts_.text("type", name(sheet.type.content.name)).text("host", name(sheet.host.name));
  facts_.text("attendee", name(sheet.meeting.attendee_name)).text("sender", name(sender()));
  facts_.text("email", sheet.host.email).text("by", std::string(canceller_of(sheet.meeting)));
}

void MailVoice::add_times() {
  const TimeRange time = meeting().time;
  facts_.text("day", times_.short_day(zone_, time.start(), order_.locale)).text("time", this->time(time.start()));
  facts_.text("when", times_.span(zone_, time, order_.locale));
  facts_.text("zone", times_.zone_label(zone_, time.start(), order_.locale));
  facts_.text("lead", times_.lead(zone_, {context_.now, time.start(), order_.offset}, order_.locale));
  if (order_.previous_start) facts_.text("previous", date_and_time(*order_.previous_start));
  if (context_.confirm_by) facts_.text("deadline", date_and_time(*context_.confirm_by));
}

std::string MailVoice::say(std::string_view key, std::string_view name, std::string value) const {
  MessageArgs args = facts_;
  return messages_.text(key, order_.locale, args.text(std::string(name), std::move(value)));
}

std::string MailVoice::say(std::string_view key, std::string_view name, std::int64_t value) const {
  MessageArgs args = facts_;
  return messages_.text(key, order_.locale, args.number(std::string(name), value));
}

std::string MailVoice::say_for(std::string_view part) const {
  // Only a hand-over has a former host to write to.
  const Occasion occasion = is_for(MailRole::previous_host) ? Occasion::reassigned : order_.occasion;
  return say(std::string(name_of(occasion)) + "." + std::string(name_of(order_.role)) + "." + std::string(part));
}

std::string MailVoice::fact(std::string_view name) const {
  const auto found = facts_.texts.find(name);
  return found == facts_.texts.end() ? std::string() : found->second;
}

std::string MailVoice::name(std::string_view text) const {
  return is_right_to_left_ || has_right_to_left(text) ? isolated(text) : std::string(text);
}

std::string MailVoice::date_and_time(Instant at) const {
  std::string text = times_.moment(zone_, at, order_.locale);
  const auto offset = zone_.rules->offset_at(at);
  if (offset != zone_.rules->offset_at(meeting().time.start())) text += " (" + offset_text(offset) + ")";
  return text;
}

std::string MailVoice::duration() const {
  return times_.duration(std::chrono::floor<std::chrono::minutes>(meeting().time.length()), order_.locale);
}

std::string MailVoice::sender() const {
  const MeetingSheet& sheet = context_.sheet;
  if (!sheet.page) return sheet.host.name;
  return sheet.page->content.branding.company_name.value_or(sheet.page->content.name);
}

bool MailVoice::is_ended() const {
  return is_about(Occasion::cancelled) || is_about(Occasion::declined) || is_about(Occasion::expired);
}

bool MailVoice::is_pending() const {
  if (is_ended() || is_for(MailRole::previous_host)) return false;
  return is_about(Occasion::requested) || meeting().status == MeetingStatus::pending;
}

}  // namespace scheduling
