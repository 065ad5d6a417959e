#pragma once
/// Outgoing mail. The module writes the message, the host carries it.
///
/// Thread: any. Blocks until the server answered or a time-out passed, so never call it inside a
/// transaction: put a row into an outbox and deliver from a job. Since: SDK 1.0
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/outcome.hpp"

namespace crm::sdk {

struct Envelope {
  std::string from;             ///< address only; empty: the host's configured sender
  std::vector<std::string> to;  ///< addresses only, at least one
};

enum class DeliveryStatus : std::uint8_t {
  accepted,   ///< the server took responsibility (250)
  temporary,  ///< 4xx, time-out or no connection: try again later
  permanent,  ///< 5xx: trying again is pointless
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
  /// are refused as `invalid`.
  virtual Outcome<Delivery> deliver(const Envelope& envelope, std::string_view message) noexcept = 0;
};

}  // namespace crm::sdk
