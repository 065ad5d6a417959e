#pragma once
/// One connection to a mail server, in the clear or under TLS, on which no wait outlasts its deadline.
///
/// Errors: Poco exceptions for whatever ends the connection: refused, lost, silent beyond the deadline, a
/// certificate that is not to be trusted.
/// Thread: one.
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace crm::app {

/// Whom a TLS connection may lead to.
enum class SmtpTrust : std::uint8_t {
  certificates,  ///< whose certificate is meant for the server, and from an authority of the system or the CA file
  anybody,       ///< whoever answers: TLS against nobody in particular
};

class SmtpWire {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  /// Tries the server's addresses one after the other.
  SmtpWire(const std::string& host, std::uint16_t port, Deadline until);

  /// Goes on under TLS 1.2 or later. `ca_file`: trusted besides the system's authorities; may be empty.
  void start_tls(const std::string& host, SmtpTrust trust, const std::string& ca_file, Deadline until);
  bool is_encrypted() const { return encrypted_; }
  /// Whether the other end is this machine, by its address and not by its name.
  bool is_local() const;

  void send(std::string_view bytes, Deadline until);
  /// Without its line end.
  std::string read_line(Deadline until);

 private:
  void wait(bool for_reading, Deadline until) const;
  void receive_more(Deadline until);

  Poco::Net::StreamSocket socket_;
  std::string received_;  ///< and not yet read
  bool encrypted_ = false;
};

}  // namespace crm::app
