#include "plugin/services/wording/localized_location.hpp"

#include "plugin/core/conferencing/phone_call.hpp"

namespace scheduling {
namespace {

/// A former host reads what guests read: the call is not theirs any more.
std::string_view reader_key(MailRole role) {
  return role == MailRole::previous_host ? name_of(MailRole::guest) : name_of(role);
}

/// A guest may call the host, but the attendee's number is not theirs to know.
bool may_know(const PhoneCall& call, MailRole reader) {
  return call.caller == Caller::attendee || reader == MailRole::attendee || reader == MailRole::host;
}

}  // namespace

std::string LocalizedLocation::number(const Meeting& meeting, MailRole reader) const {
  const auto call = phone_call_of(meeting.location, meeting.phone, phones_);
  return call && may_know(*call, reader) ? phones_.grouped(call->number) : std::string();
}

std::string LocalizedLocation::own_text(const Meeting& meeting) const {
  if (!meeting.location) return {};
  const auto call = phone_call_of(meeting.location, meeting.phone, phones_);
  return call && call->caller == Caller::attendee ? std::string() : meeting.location->details;
}

std::string LocalizedLocation::kind_text(std::string_view locale, const Meeting& meeting,
                                         const LocationReader& reader) const {
  if (!meeting.location || meeting.location->kind == LocationType::custom) return {};
  const auto call = phone_call_of(meeting.location, meeting.phone, phones_);
  if (!call) return messages_.text("location." + std::string(name_of(meeting.location->kind)), locale);
  const std::string caller = call->caller == Caller::host ? "host" : "attendee";
  MessageArgs args;
  args.text("host", reader.host).text("attendee", reader.attendee).text("number", number(meeting, reader.role));
  return messages_.text("location." + caller + "_calls." + std::string(reader_key(reader.role)), locale, args);
}

std::string LocalizedLocation::text(std::string_view locale, const Meeting& meeting,
                                    const LocationReader& reader) const {
  if (!meeting.location) return {};
  const std::string kind = kind_text(locale, meeting, reader);
  if (!phone_call_of(meeting.location, meeting.phone, phones_)) return text_of(*meeting.location, kind);
  const std::string own = own_text(meeting);
  return own.empty() ? kind : kind + '\n' + own;
}

}  // namespace scheduling
