#pragma once
/// Outgoing mail. The module writes the message, the CRM sends it.
///
/// Thread: any. Blocks until the server answered or a time-out passed (two minutes at most), so never call it
/// in a transaction that anybody waits for: put a row into an outbox and deliver from a job. Since: SDK 1.0
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/outcome.hpp"

namespace crm::sdk {

struct Envelope {
  std::string from;             ///< address only; empty: the CRM's configured sender
  std::vector<std::string> to;  ///< addresses only, at least one
};

enum class DeliveryStatus : std::uint8_t {
  accepted,   ///< the server took responsibility (250)
  temporary,  ///< this message was refused for now (4xx), or nobody knows what became of it: try again later
  permanent,  ///< this recipient or this message was refused for good (5xx): trying again is pointless
};

struct Delivery {
  DeliveryStatus status = DeliveryStatus::temporary;
  std::string reply;  ///< the server's words, for the log and the rep
};

class Mailer {
 public:
  virtual ~Mailer() = default;
  virtual bool is_configured() const noexcept = 0;
  /// `message`: a complete RFC 5322 message with CRLF line ends. Control characters in the envelope
  /// are refused as `invalid`. `unavailable`: the server as a whole cannot be used (none is configured, no
  /// connection, no trusted TLS, log-in refused, we are refused as a sender); other messages would fare the same.
  virtual Outcome<Delivery> deliver(const Envelope& envelope, std::string_view message) noexcept = 0;
  /// The configured sender's address, for the From header.
  virtual std::string sender() const noexcept { return {}; }
  /// Whether somebody chose that sender. False: it is a makeshift that servers elsewhere refuse, and administrators
  /// should be told.
  virtual bool has_sender() const noexcept { return true; }
};

}  // namespace crm::sdk
