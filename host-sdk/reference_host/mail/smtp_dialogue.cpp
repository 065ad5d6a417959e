#include "reference_host/mail/smtp_dialogue.hpp"

#include <Poco/Base64Encoder.h>
#include <Poco/Environment.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <sstream>

namespace crm::host {
namespace {

constexpr int k_connect_seconds = 10;
constexpr int k_io_seconds = 30;
constexpr std::size_t k_reply_bytes_max = 500;

/// Our name in EHLO. Host names may hold anything; the command may not.
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

Poco::Net::StreamSocket connected(const SmtpServer& server) {
  Poco::Net::StreamSocket socket;
  socket.connect(Poco::Net::SocketAddress(server.host, server.port), Poco::Timespan(k_connect_seconds, 0));
  socket.setReceiveTimeout(Poco::Timespan(k_io_seconds, 0));
  socket.setSendTimeout(Poco::Timespan(k_io_seconds, 0));
  return socket;
}

}  // namespace

SmtpDialogue::SmtpDialogue(const SmtpServer& server) : socket_(connected(server)) {
  greeting_ = read_reply();
  if (!greeting_.is_ok()) return;
  say_hello();
  if (!greeting_.is_ok() || !offers("STARTTLS")) return;
  greeting_ = command("STARTTLS");
  if (!greeting_.is_ok()) return;
  start_tls(server.host);
  say_hello();
}

SmtpDialogue::~SmtpDialogue() {
  try {
    send_all("QUIT\r\n");
  } catch (...) {
    // The server may be gone; the message's fate was decided before.
  }
}

bool SmtpDialogue::offers(std::string_view extension) const {
  return std::any_of(extensions_.begin(), extensions_.end(), [&](const std::string& line) {
    return line == extension || line.rfind(std::string(extension) + " ", 0) == 0;
  });
}

void SmtpDialogue::say_hello() {
  extensions_.clear();
  greeting_ = command("EHLO " + own_name());
  if (!greeting_.is_ok()) {
    greeting_ = command("HELO " + own_name());
    return;
  }
  std::istringstream lines(greeting_.text);
  for (std::string line; std::getline(lines, line);) {
    std::transform(line.begin(), line.end(), line.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.size() > 4 && line.compare(0, 3, "250") == 0) line.erase(0, 4);
    extensions_.push_back(std::move(line));
  }
}

void SmtpDialogue::start_tls(const std::string& host) {
  using namespace Poco::Net;
  Context::Ptr context(new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_RELAXED, 9, true));
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  // A fresh DialogSocket: what a stranger slipped in before the handshake is not read as a reply.
  socket_ = SecureStreamSocket::attach(socket_, host, context);
  encrypted_ = true;
}

SmtpReply SmtpDialogue::authenticate(const SmtpServer& server) {
  const bool plain = std::any_of(extensions_.begin(), extensions_.end(), [](const std::string& line) {
    return line.rfind("AUTH ", 0) == 0 && line.find(" PLAIN") != std::string::npos;
  });
  if (plain) return command("AUTH PLAIN " + base64(std::string(1, '\0') + server.user + '\0' + server.password));
  if (!offers("AUTH")) return {530, "the server offers no AUTH"};
  SmtpReply reply = command("AUTH LOGIN");
  if (reply.code == 334) reply = command(base64(server.user));
  if (reply.code == 334) reply = command(base64(server.password));
  return reply;
}

void SmtpDialogue::send_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const int sent = socket_.sendBytes(bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 65536)));
    if (sent <= 0) throw Poco::IOException("the mail server does not take more");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

SmtpReply SmtpDialogue::read_reply() {
  SmtpReply reply;
  reply.code = socket_.receiveStatusMessage(reply.text);
  if (reply.code <= 0) throw Poco::IOException("the mail server hung up");
  if (reply.text.size() > k_reply_bytes_max && extensions_.empty()) reply.text.resize(k_reply_bytes_max);
  return reply;
}

SmtpReply SmtpDialogue::command(const std::string& line) {
  send_all(line + "\r\n");
  return read_reply();
}

SmtpReply SmtpDialogue::send_message(std::string_view message) {
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
  send_all(stuffed);
  return read_reply();
}

}  // namespace crm::host
