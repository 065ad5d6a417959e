#pragma once
/// The sentences of one mail in one language and zone, with the names and dates of its meeting put in.
#include <string>
#include <string_view>
#include <vector>

#include "plugin/services/mail/mail_renderer.hpp"
#include "plugin/services/wording/localized_location.hpp"

namespace scheduling {

class LocalizedMail {
 public:
  /// All arguments must outlive it.
  LocalizedMail(const MessageCatalog& messages, const LocalizedTime& times, const LocalizedLocation& places,
                const MailSpec& spec, const MailData& data);

  const MailSpec& spec() const { return spec_; }
  const MailData& data() const { return data_; }
  const MeetingDetails& details() const { return data_.details; }
  const Meeting& meeting() const { return data_.details.meeting; }

  /// The message "mail." + `key`, with the names, dates and links of this meeting put in.
  std::string say(std::string_view key) const { return messages_.text(of_mails(key), spec_.locale, facts_); }
  std::string say(std::string_view key, std::string_view name, std::string value) const;
  std::string say(std::string_view key, std::string_view name, std::int64_t value) const;
  /// A message that pages show, too: "answer.yes".
  std::string word(std::string_view key) const { return messages_.text(key, spec_.locale, facts_); }
  /// The message of this occasion and role: "booked.attendee." + `part`.
  std::string say_for(std::string_view part) const;
  /// A fact as sentences get it: "when", "zone", "previous", "deadline".
  std::string fact(std::string_view name) const;
  /// A name inside a line, its direction kept to itself.
  std::string name(std::string_view text) const;

  std::string language() const { return messages_.language_of(spec_.locale); }
  std::string date_and_time(Instant at) const;  ///< with its offset where the zone's is not the meeting's
  std::string long_day(Instant at) const { return times_.long_day(zone_, at, spec_.locale); }
  std::string time(Instant at) const { return times_.time(zone_, at, spec_.locale); }
  std::vector<std::string> when_lines() const { return times_.span_lines(zone_, meeting().time, spec_.locale); }
  std::string duration() const;
  /// As in LocalizedLocation, in the mail's language and for its reader.
  std::string location_kind() const { return places_.kind_text(spec_.locale, meeting(), location_reader()); }
  std::string location_number() const { return places_.number(meeting(), spec_.role); }
  std::string location_own_text() const { return places_.own_text(meeting()); }
  std::string grouped(std::string_view number) const { return places_.grouped(number); }
  std::string sender() const;  ///< the company's name, else the page's, else the host's

  bool is_for(MailRole role) const { return spec_.role == role; }
  bool is_about(MeetingEvent meeting_event) const { return spec_.meeting_event == meeting_event; }
  /// The meeting will not take place.
  /// About a meeting that is over, which nobody goes to any more.
  bool is_over() const { return is_afterwards(spec_.meeting_event); }
  bool is_ended() const;
  /// The host has yet to confirm.
  bool is_pending() const;

 private:
  static std::string of_mails(std::string_view key) { return "mail." + std::string(key); }
  LocationReader location_reader() const { return {spec_.role, fact("host"), fact("attendee")}; }
  void add_names();
  void add_times();

  const MessageCatalog& messages_;
  const LocalizedTime& times_;
  const LocalizedLocation& places_;
  const MailSpec& spec_;
  const MailData& data_;
  SpokenZone zone_;
  bool is_right_to_left_ = false;
  MessageArgs facts_;
};

}  // namespace scheduling
