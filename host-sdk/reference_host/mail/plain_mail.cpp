#include "reference_host/mail/plain_mail.hpp"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>

namespace crm::app {
namespace {

std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

}  // namespace

std::string plain_mail(const PlainMail& mail, sdk::Micros now) {
  using Poco::DateTimeFormat;
  const std::string domain = mail.from.substr(std::min(mail.from.find('@'), mail.from.size()));
  const Poco::Timestamp date(now.time_since_epoch().count());
  return "Date: " + Poco::DateTimeFormatter::format(date, DateTimeFormat::RFC1123_FORMAT) + "\r\nMessage-ID: <" +
         mail.id + domain + ">\r\nTo: <" + mail.to + ">\r\nFrom: <" + mail.from + ">\r\nSubject: " + mail.subject +
         "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
         "Auto-Submitted: auto-generated\r\n\r\n" +
         with_crlf(mail.text);
}

}  // namespace crm::app
