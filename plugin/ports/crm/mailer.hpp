#pragma once
/// Sending one mail. What may become a header is a HeaderText, an EmailAddress or a token checked when the
/// message is written, so no text of a booker can add a header.
#include <cstdint>
#include <optional>
#include <string>

#include "plugin/core/booking/email_address.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/text/header_text.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/ports/presentation/calendar_file.hpp"

namespace scheduling {

struct Mail {
  /// Without the angle brackets: "effect-7@crm.example". The same each time this mail is tried, so that a
  /// mailbox can see that two of them are one. ASCII, one '@', at most 200 characters.
  std::string message_id{};
  EmailAddress to;
  HeaderText to_name{};
  HeaderText from_name{};  ///< shown before the CRM's own sender address
  std::optional<EmailAddress> reply_to{};
  HeaderText reply_to_name{};
  HeaderText subject{};
  std::string text{};                                        ///< text/plain; any line ends
  std::string html{};                                        ///< text/html; any line ends; empty: no such part
  std::string calendar{};                                    ///< what CalendarFile wrote; empty: no calendar parts
  CalendarMethod calendar_method = CalendarMethod::request;  ///< the one `calendar` was written with
  std::string language{};  ///< BCP 47, of the texts; not a language tag: no header says so
  Instant date{};
};

enum class MailFate : std::uint8_t {
  accepted,         ///< the mail server took responsibility
  refused_for_now,  ///< this mail, or nobody knows what became of it: try again later
  refused,          ///< this recipient or this mail, for good
};

struct DeliveryResult {
  MailFate fate = MailFate::refused_for_now;
  std::string reply{};  ///< the server's words, for the log and the rep
};

class Mailer {
 public:
  virtual ~Mailer() = default;
  virtual bool is_configured() const noexcept = 0;
  /// Thread: any. Blocks until the server answered (minutes at worst): only from a job, and in no transaction that
  /// anybody waits for.
  /// Errors: `provider_unavailable`: the mail server as a whole cannot be used, other mails would fare the same;
  /// `invalid_input`, `broken`: this mail is not worth repeating.
  virtual Result<DeliveryResult> send(const Mail& mail) = 0;
};

}  // namespace scheduling
