#pragma once
/// An e-mail address that can safely stand in a header and in an SMTP command.
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

class EmailAddress {
 public:
  /// A dot-atom, '@' and a domain of at least two labels; at most 254 bytes, 64 before the '@'. Letters
  /// beyond ASCII are allowed (RFC 6531). No quoted local parts, address literals, comments or
  /// control characters. White space around it is dropped.
  static std::optional<EmailAddress> parse(std::string_view text);

  const std::string& text() const { return text_; }
  /// ASCII letters in lower case: enough to see that two guests are one. Matching contacts is the
  /// CRM's, which also normalises Unicode.
  std::string folded() const;
  friend auto operator<=>(const EmailAddress&, const EmailAddress&) = default;

 private:
  explicit EmailAddress(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace scheduling
