#pragma once
/// One line of text that may stand in a mail's header.
#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

namespace scheduling {

/// Never holds a line break, a control character or a mark that turns the reading direction, whatever it was
/// made of: header injection ends at this type. A writer of headers takes this, an EmailAddress or a token it
/// checked itself, and nothing else.
class HeaderText {
 public:
  /// In code points. Every subject a person would write fits; a header cannot be grown at will.
  static constexpr std::size_t k_length_max = 1000;

  HeaderText() = default;
  /// Cannot fail. Each run of control characters, tabs and line breaks becomes one space; direction marks
  /// vanish; bytes that are not UTF-8 become U+FFFD; blanks at both ends and what exceeds the maximum are cut.
  explicit HeaderText(std::string_view text);

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  friend auto operator<=>(const HeaderText&, const HeaderText&) = default;

 private:
  std::string text_;
};

}  // namespace scheduling
