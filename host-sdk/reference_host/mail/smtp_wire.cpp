#include "reference_host/mail/smtp_wire.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

namespace crm::app {
namespace {

using Poco::Net::Context;
using Poco::Net::IPAddress;
using Poco::Net::SecureStreamSocket;

constexpr std::size_t k_line_bytes_max = 4096;

/// What is left; a wait that comes too late is a time-out like any other.
Poco::Timespan time_left(SmtpWire::Deadline until) {
  const auto left = std::chrono::duration_cast<std::chrono::microseconds>(until - std::chrono::steady_clock::now());
  if (left.count() <= 0) throw Poco::TimeoutException("the mail server is silent");
  return Poco::Timespan(left.count());
}

/// IPv4 first: where IPv6 leads nowhere, waiting for it would eat up the time.
std::vector<IPAddress> addresses_of(const std::string& host) {
  IPAddress numeric;
  if (IPAddress::tryParse(host, numeric)) return {numeric};
  std::vector<IPAddress> found = Poco::Net::DNS::hostByName(host).addresses();
  std::stable_partition(found.begin(), found.end(),
                        [](const IPAddress& one) { return one.family() == IPAddress::IPv4; });
  if (found.empty()) throw Poco::Net::NoAddressFoundException(host);
  return found;
}

Poco::Net::StreamSocket connected(const std::string& host, std::uint16_t port, SmtpWire::Deadline until) {
  const std::vector<IPAddress> addresses = addresses_of(host);
  for (std::size_t i = 0;; ++i) {
    try {
      Poco::Net::StreamSocket socket;
      socket.connect(Poco::Net::SocketAddress(addresses[i], port), time_left(until));
      socket.setBlocking(false);
      socket.setNoDelay(true);
      return socket;
    } catch (const Poco::Exception&) {
      if (i + 1 == addresses.size()) throw;
    }
  }
}

/// Keeps the reason why a certificate is refused: OpenSSL's error only says that it is.
int note_refusal(int is_good, X509_STORE_CTX* store) {
  if (is_good != 0) return is_good;
  const auto* ssl = static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto* reason = static_cast<std::string*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
  if (reason != nullptr) *reason = X509_verify_cert_error_string(X509_STORE_CTX_get_error(store));
  return 0;
}

Context::Ptr trusting(SmtpTrust trust, const std::string& ca_file) {
  if (trust == SmtpTrust::anybody)
    return Context::Ptr(new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_NONE, 9, true));
  // VERIFY_RELAXED would not compare names when the server is a local one.
  Context::Ptr context(new Context(Context::TLS_CLIENT_USE, ca_file, Context::VERIFY_STRICT, 9, true));
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  SSL_CTX_set_verify(context->sslContext(), SSL_VERIFY_PEER, note_refusal);
  return context;
}

/// Poco asks errno and OpenSSL's queue what went wrong; what lies there from before would mislead it.
void forget_old_errors() {
  errno = 0;
  ERR_clear_error();
}

}  // namespace

SmtpWire::SmtpWire(const std::string& host, std::uint16_t port, Deadline until)
    : socket_(connected(host, port, until)) {}

bool SmtpWire::is_local() const {
  return socket_.peerAddress().host().isLoopback();
}

void SmtpWire::wait(bool for_reading, Deadline until) const {
  using Poco::Net::Socket;
  if (!socket_.poll(time_left(until), for_reading ? Socket::SELECT_READ : Socket::SELECT_WRITE))
    throw Poco::TimeoutException("the mail server is silent");
}

void SmtpWire::start_tls(const std::string& host, SmtpTrust trust, const std::string& ca_file, Deadline until) {
  received_.clear();  // what a stranger slipped in before the handshake is not read as a reply
  forget_old_errors();
  const Context::Ptr context = trusting(trust, ca_file);
  std::string reason;
  SSL_CTX_set_app_data(context->sslContext(), &reason);
  SecureStreamSocket secure = SecureStreamSocket::attach(socket_, host, context);
  try {
    int step = 0;
    while ((step = secure.completeHandshake()) != 1) {
      if (step == 0) throw Poco::Net::SSLConnectionUnexpectedlyClosedException("during the TLS handshake");
      wait(step == SecureStreamSocket::ERR_SSL_WANT_READ, until);
      forget_old_errors();
    }
  } catch (const Poco::Net::SSLException& error) {
    if (reason.empty()) throw;
    throw Poco::Net::CertificateValidationException("the certificate of " + host + " is not trusted: " + reason);
  }
  SSL_CTX_set_app_data(context->sslContext(), nullptr);
  if (trust == SmtpTrust::certificates) secure.verifyPeerCertificate(host);
  socket_ = secure;
  encrypted_ = true;
}

void SmtpWire::send(std::string_view bytes, Deadline until) {
  while (!bytes.empty()) {
    forget_old_errors();
    const int sent = socket_.sendBytes(bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 65536)));
    if (sent > 0)
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    else
      wait(encrypted_ && sent == SecureStreamSocket::ERR_SSL_WANT_READ, until);
  }
}

void SmtpWire::receive_more(Deadline until) {
  std::array<char, 4096> piece;
  for (;;) {
    forget_old_errors();
    const int got = socket_.receiveBytes(piece.data(), static_cast<int>(piece.size()));
    if (got == 0) throw Poco::Net::ConnectionResetException("the mail server hung up");
    if (got > 0) {
      received_.append(piece.data(), static_cast<std::size_t>(got));
      return;
    }
    wait(!encrypted_ || got == SecureStreamSocket::ERR_SSL_WANT_READ, until);
  }
}

std::string SmtpWire::read_line(Deadline until) {
  std::size_t end = 0;
  while ((end = received_.find('\n')) == std::string::npos) {
    if (received_.size() > k_line_bytes_max) throw Poco::ProtocolException("the mail server's line does not end");
    receive_more(until);
  }
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 1);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

}  // namespace crm::app
