#pragma once
/// An e-mail address that can safely stand in a header and in an SMTP command. It is kept and shown as its owner wrote
/// it; it travels and is compared with its domain in ASCII (IDNA), so that "info@bücher.example" and
/// "info@xn--bcher-kva.example" are one.
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

class EmailAddress {
 public:
  /// A dot-atom, '@' and a domain of at least two labels; at most 254 bytes, 64 before the '@'. Letters
  /// beyond ASCII are allowed (RFC 6531), in the domain those of which IDNA makes a name. No quoted local parts,
  /// address literals, comments or control characters. Spaces around it and invisible marks are dropped.
  static std::optional<EmailAddress> parse(std::string_view text);

  const std::string& text() const { return text_; }
  /// For envelopes, headers and calendar files: the domain in ASCII. Beyond ASCII only where the part before the '@'
  /// is, which takes a mail server that knows SMTPUTF8.
  const std::string& ascii() const { return ascii_; }
  /// Equal for addresses that are one mailbox to us: without regard to case, spelling of the domain and Unicode form.
  std::string key() const;
  friend auto operator<=>(const EmailAddress&, const EmailAddress&) = default;

 private:
  EmailAddress(std::string text, std::string ascii) : text_(std::move(text)), ascii_(std::move(ascii)) {}
  std::string text_;
  std::string ascii_;
};

/// The key of `text`; of what is no address, the text itself: what earlier versions stored still equals itself.
std::string address_key(std::string_view text);

}  // namespace scheduling
