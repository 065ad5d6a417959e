#include "plugin/core/mail/what_to_tell.hpp"

#include "plugin/core/booking/email_address.hpp"

namespace scheduling {
namespace {

bool is_reminder(const MeetingMail& mail) {
  return mail.event == MeetingEvent::reminder;
}

/// Says nothing of how the meeting stands.
bool is_beside(const MeetingMail& mail) {
  return is_reminder(mail) || is_afterwards(mail.event);
}

/// After it the reader knows of no meeting.
bool is_ending(const MeetingMail& mail) {
  return mail.event == MeetingEvent::cancelled || mail.event == MeetingEvent::declined ||
         mail.event == MeetingEvent::expired || mail.role == MailRole::previous_host;
}

/// What the reader knows: the last mail that reached them, unless it ended the meeting for them. A request to prove an
/// address tells of no meeting yet.
const ChainMail* last_heard(OutboxId id, const MeetingMail& mail, const ChainMails& chain) {
  const ChainMail* heard = nullptr;
  for (const ChainMail& other : chain.mails) {
    const bool reached = other.status == OutboxStatus::done || other.may_have_left;
    const bool is_news = other.mail.event != MeetingEvent::verify && !is_afterwards(other.mail.event);
    if (other.id != id && reached && is_news && have_one_reader(mail, other.mail)) heard = &other;
  }
  return heard && is_ending(heard->mail) ? nullptr : heard;
}

bool tells_later(OutboxId id, const MeetingMail& mail, const ChainMails& chain) {
  for (const ChainMail& other : chain.mails)
    if (other.id > id && other.status == OutboxStatus::waiting && !is_beside(other.mail) &&
        have_one_reader(mail, other.mail))
      return true;
  return false;
}

bool was_reminded(OutboxId id, const MeetingMail& mail, MeetingId meeting, const ChainMails& chain) {
  for (const ChainMail& other : chain.mails)
    if (other.id != id && other.meeting == meeting && other.status == OutboxStatus::done && is_reminder(other.mail) &&
        other.mail.reminder_offset == mail.reminder_offset && have_one_reader(mail, other.mail))
      return true;
  return false;
}

Telling dropped(std::string why) {
  return {std::move(why), {}, {}};
}

Telling reminder(OutboxId id, const MeetingMail& mail, const ToldMeeting& meeting, const ChainMails& chain,
                 Instant now) {
  if (meeting.status != MeetingStatus::scheduled) return dropped("the meeting is no longer on");
  if (meeting.end <= now) return dropped("the meeting is over");
  if (was_reminded(id, mail, meeting.id, chain)) return dropped("this person was reminded in another role");
  return {{}, mail.event, {}};
}

Telling verification(const MeetingMail& mail, const ToldMeeting& meeting, Instant now) {
  if (!meeting.verify_by) return dropped("the address was proved, or the meeting is no longer on");
  if (now >= *meeting.verify_by) return dropped("the start is no longer held");
  return {{}, mail.event, {}};
}

Telling question(const MeetingMail& mail, const ToldMeeting& meeting) {
  if (meeting.has_outcome) return dropped("somebody said what came of the meeting");
  if (meeting.status != MeetingStatus::completed) return dropped("the meeting did not take place");
  return {{}, mail.event, {}};
}

Telling offer(const MeetingMail& mail, const ToldMeeting& meeting) {
  if (meeting.status != MeetingStatus::no_show) return dropped("the attendee came after all");
  return {{}, mail.event, {}};
}

/// How the meeting is told to somebody who knows nothing of it.
MeetingEvent first_event(const MeetingMail& mail, const ToldMeeting& meeting) {
  const bool is_change = mail.event == MeetingEvent::moved || mail.event == MeetingEvent::room ||
                         (mail.event == MeetingEvent::reassigned && mail.role != MailRole::host);
  if (!is_change) return mail.event;
  return meeting.status == MeetingStatus::pending ? MeetingEvent::requested : MeetingEvent::booked;
}

/// What a reader who knows the meeting was told of it.
struct Known {
  bool same_time = false;
  bool same_role = false;
  bool same_host = false;
  bool was_pending = false;
};

Known known_from(const ChainMail& heard, const MeetingMail& mail, const ToldMeeting& meeting) {
  Known known;
  known.same_time = heard.start == meeting.start;
  known.same_role = heard.mail.role == mail.role;
  // Rows of earlier versions do not say which host they named: only a hand-over tells of another one then.
  const bool names_hosts = heard.mail.told_host.has_value();
  known.same_host = names_hosts ? *heard.mail.told_host == meeting.host && heard.mail.told_others == meeting.other_hosts
                                : mail.event != MeetingEvent::reassigned;
  known.was_pending = heard.mail.told_status ? *heard.mail.told_status == MeetingStatus::pending
                                             : heard.mail.event == MeetingEvent::requested;
  return known;
}

/// How a move or a hand-over, or several of them, is told to somebody who knows an earlier state.
Telling change(const ChainMail& heard, const MeetingMail& mail, const ToldMeeting& meeting) {
  const Known known = known_from(heard, mail, meeting);
  const bool is_pending = meeting.status == MeetingStatus::pending;
  const bool is_hosts_own = mail.role == MailRole::host && !known.same_role;
  if (is_hosts_own) return {{}, MeetingEvent::reassigned, known.same_time ? std::nullopt : std::optional(heard.start)};
  if (!known.same_time) return {{}, MeetingEvent::moved, heard.start};
  if (!known.same_host) return {{}, MeetingEvent::reassigned, {}};
  // A move there and back made another row, for which the host needs another link to answer by.
  const bool must_answer = is_pending && mail.role == MailRole::host;
  if (must_answer || (is_pending && !known.was_pending)) return {{}, MeetingEvent::requested, {}};
  if (!is_pending && known.was_pending) return {{}, MeetingEvent::confirmed, {}};
  if (known.same_role) return dropped("nothing has changed for this reader");
  return {{}, MeetingEvent::booked, {}};
}

}  // namespace

bool have_one_reader(const MeetingMail& one, const MeetingMail& other) {
  if (one.user && other.user) return *one.user == *other.user;
  return one.recipient && other.recipient && address_key(*one.recipient) == address_key(*other.recipient);
}

Telling what_to_tell(OutboxId id, const MeetingMail& mail, const ToldMeeting& meeting, const ChainMails& chain,
                     Instant now) {
  if (is_reminder(mail)) return reminder(id, mail, meeting, chain, now);
  if (mail.event == MeetingEvent::verify) return verification(mail, meeting, now);
  if (mail.event == MeetingEvent::outcome) return question(mail, meeting);
  if (mail.event == MeetingEvent::missed) return offer(mail, meeting);
  if (tells_later(id, mail, chain)) return dropped("a later change is told instead");
  const ChainMail* heard = last_heard(id, mail, chain);
  const auto previous = heard && heard->start != meeting.start ? std::optional(heard->start) : std::nullopt;
  if (is_ending(mail)) {
    if (!heard) return dropped("this person was never told of the meeting");
    return {{}, mail.event, previous};
  }
  if (chain.status == MeetingStatus::cancelled) return dropped("the meeting is no longer on");
  const bool is_behind = mail.sequence && *mail.sequence < chain.sequence;
  if (meeting.id != chain.newest || is_behind) return dropped("a later change has taken its place");
  if (!heard) return {{}, first_event(mail, meeting), {}};
  if (mail.event == MeetingEvent::moved || mail.event == MeetingEvent::reassigned) return change(*heard, mail, meeting);
  return {{}, mail.event, previous};
}

}  // namespace scheduling
