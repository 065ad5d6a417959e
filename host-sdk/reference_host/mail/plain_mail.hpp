#pragma once
/// The CRM's own mails: plain text to one person.
#include <string>

#include "crm/sdk/database.hpp"

namespace crm::app {

struct PlainMail {
  std::string from;  ///< addresses only
  std::string to;
  std::string subject;  ///< ASCII
  std::string text;     ///< UTF-8; lines end with "\n"
  std::string id;       ///< unique; becomes the local part of the Message-ID
};

/// A complete message for sdk::Mailer.
std::string plain_mail(const PlainMail& mail, sdk::Micros now);

}  // namespace crm::app
