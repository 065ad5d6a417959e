#include "reference_host/mail/smtp_dialogue.hpp"

#include <Poco/Base64Encoder.h>
#include <Poco/Environment.h>
#include <Poco/Net/NetException.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "reference_host/mail/clean_line.hpp"

namespace crm::app {
namespace {

using Poco::Net::SMTPException;

constexpr std::size_t k_reply_lines_max = 200;
constexpr std::size_t k_slice_bytes = 65536;
constexpr std::chrono::milliseconds k_farewell{1000};

/// Our name in EHLO. A machine's name may hold anything; the command may not.
std::string own_name() {
  std::string name;
  for (const char c : Poco::Environment::nodeName())
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.') name += c;
  return name.empty() ? "localhost" : name;
}

std::string base64(const std::string& text) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder.rdbuf()->setLineLength(0);
  encoder << text;
  encoder.close();
  return out.str();
}

std::string upper_case(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return text;
}

/// The code of a reply's line, of which "250-" means that more follow.
int code_of(std::string_view line) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit) ||
      (line.size() > 3 && line[3] != ' ' && line[3] != '-'))
    throw Poco::ProtocolException("this is no mail server");
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

}  // namespace

std::string SmtpReply::text() const {
  std::string all = std::to_string(code);
  for (const std::string& line : lines) (all += ' ') += line;
  return clean_line(all);
}

SmtpDialogue::SmtpDialogue(const SmtpServer& server, const SmtpPatience& patience, Deadline until)
    : patience_(patience), until_(until), wire_(server.host, server.port, within(patience.connect)) {
  if (server.tls_at_once)
    wire_.start_tls(server.host, SmtpTrust::certificates, server.ca_file, within(patience_.reply));
  greet(server);
  if (!server.user.empty()) log_in(server);
}

SmtpDialogue::~SmtpDialogue() {
  if (!in_step_) return;
  try {
    until_ = SmtpWire::Deadline::max();
    patience_.reply = std::min(patience_.reply, k_farewell);
    command("QUIT");
  } catch (...) {
    // The server may be gone; every message's fate was decided before.
  }
}

SmtpDialogue::Deadline SmtpDialogue::within(std::chrono::milliseconds patience) const {
  return std::min(until_, std::chrono::steady_clock::now() + patience);
}

/// A relay on this machine often shows a certificate it signed itself, and nobody stands between it and us: mail goes
/// to it in the clear as well, when it offers no TLS. Whoever asks for TLS means certificates too.
SmtpTrust SmtpDialogue::trust_in(const SmtpServer& server) const {
  const bool wants_proof = server.tls_required || !server.ca_file.empty() || !wire_.is_local();
  return wants_proof ? SmtpTrust::certificates : SmtpTrust::anybody;
}

void SmtpDialogue::greet(const SmtpServer& server) {
  if (const SmtpReply greeting = read_reply(within(patience_.reply)); !greeting.is_ok())
    throw SMTPException(greeting.text(), greeting.code);
  say_hello();
  if (!wire_.is_encrypted() && offers("STARTTLS")) {
    if (const SmtpReply reply = command("STARTTLS"); !reply.is_ok()) throw SMTPException(reply.text(), reply.code);
    in_step_ = false;
    wire_.start_tls(server.host, trust_in(server), server.ca_file, within(patience_.reply));
    in_step_ = true;
    say_hello();  // what was offered in the clear does not count
  }
  if (server.tls_required && !wire_.is_encrypted())
    throw SMTPException("TLS is required, and the mail server does not offer it");
}

void SmtpDialogue::say_hello() {
  extensions_.clear();
  const SmtpReply reply = command("EHLO " + own_name());
  if (reply.code >= 500) {  // a server from before 1995
    if (const SmtpReply plain = command("HELO " + own_name()); !plain.is_ok())
      throw SMTPException(plain.text(), plain.code);
    return;
  }
  if (!reply.is_ok()) throw SMTPException(reply.text(), reply.code);
  for (const std::string& line : reply.lines) extensions_.push_back(upper_case(line));
}

bool SmtpDialogue::offers(std::string_view extension) const {
  return std::any_of(extensions_.begin(), extensions_.end(), [&](std::string_view line) {
    return line.starts_with(extension) && (line.size() == extension.size() || line[extension.size()] == ' ');
  });
}

void SmtpDialogue::log_in(const SmtpServer& server) {
  if (!wire_.is_encrypted() && !wire_.is_local())
    throw SMTPException("the password is not sent without TLS, which the mail server does not offer");
  if (const SmtpReply reply = authenticate(server); !reply.is_ok()) throw SMTPException(reply.text(), reply.code);
}

SmtpReply SmtpDialogue::authenticate(const SmtpServer& server) {
  const auto auth = std::find_if(extensions_.begin(), extensions_.end(),
                                 [](const std::string& line) { return line.starts_with("AUTH "); });
  if (auth == extensions_.end()) throw SMTPException("the mail server offers no log-in");
  if ((*auth + " ").find(" PLAIN ") != std::string::npos)
    return command("AUTH PLAIN " + base64(std::string(1, '\0') + server.user + '\0' + server.password));
  SmtpReply reply = command("AUTH LOGIN");
  if (reply.code == 334) reply = command(base64(server.user));
  if (reply.code == 334) reply = command(base64(server.password));
  return reply;
}

SmtpReply SmtpDialogue::command(std::string_view line) {
  say(line);
  return hear();
}

void SmtpDialogue::say(std::string_view line) {
  in_step_ = false;
  (unsent_ += line) += "\r\n";
  ++awaited_;
}

SmtpReply SmtpDialogue::hear() {
  const Deadline until = within(patience_.reply);
  if (!unsent_.empty()) wire_.send(std::exchange(unsent_, {}), until);
  --awaited_;
  return read_reply(until);
}

SmtpReply SmtpDialogue::read_reply(Deadline until) {
  in_step_ = false;
  SmtpReply reply;
  for (bool more = true; more;) {
    const std::string line = wire_.read_line(until);
    reply.code = code_of(line);
    more = line.size() > 3 && line[3] == '-';
    reply.lines.push_back(line.size() > 4 ? line.substr(4) : std::string());
    if (reply.lines.size() > k_reply_lines_max) throw Poco::ProtocolException("the mail server's reply does not end");
  }
  in_step_ = reply.code != 421 && awaited_ == 0;  // the server closes the connection
  return reply;
}

SmtpReply SmtpDialogue::send_message(std::string_view message) {
  in_step_ = false;
  ++messages_;
  std::string stuffed;
  stuffed.reserve(message.size() + 64);
  for (std::size_t at = 0; at < message.size();) {
    const std::size_t end = message.find("\r\n", at);
    const std::string_view line = message.substr(at, end == std::string_view::npos ? end : end - at);
    if (!line.empty() && line.front() == '.') stuffed += '.';
    (stuffed += line) += "\r\n";
    at = end == std::string_view::npos ? message.size() : end + 2;
  }
  stuffed += ".\r\n";
  for (std::size_t at = 0; at < stuffed.size(); at += k_slice_bytes)
    wire_.send(std::string_view(stuffed).substr(at, k_slice_bytes), within(patience_.reply));
  return read_reply(within(patience_.verdict));
}

}  // namespace crm::app
