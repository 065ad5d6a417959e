#pragma once
/// The tables of a mail: what, when, where, with whom; and the attendee's notes and answers.
#include <string>
#include <vector>

#include "plugin/services/mail/localized_mail.hpp"
#include "plugin/services/mail/mail_document.hpp"

namespace scheduling {

std::vector<MailFact> facts_of(const LocalizedMail& mail);
/// Notes and answers, for the host to prepare. Nobody else gets them by mail: what a public form says is somebody's
/// unproven word (B-8).
std::vector<MailFact> answers_of(const LocalizedMail& mail);
/// Where a meeting by video takes place, once its link is known; else empty.
std::string join_link(const LocalizedMail& mail);
/// Where the meeting takes place, in one line of the mail's language; empty when nobody said.
std::string place_in_words(const LocalizedMail& mail);
/// Why it was cancelled or declined; empty when nobody said.
std::string reason_of(const LocalizedMail& mail);

}  // namespace scheduling
