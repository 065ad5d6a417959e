#pragma once
/// The part of a public link that names a page or a type: lower-case ASCII letters, digits, hyphens.
#include <compare>
#include <string>
#include <string_view>

#include "plugin/core/result.hpp"

namespace scheduling {

inline constexpr std::size_t k_slug_length_max = 100;

class Slug {
 public:
  /// Codes: required, too_long, invalid_format (also a hyphen at either end), reserved. Reserved are the
  /// words that routes own: manage, cancel, reschedule, assets, embed.
  static Result<Slug> parse(std::string_view text, std::string_view field = "slug");
  /// The nearest legal slug to a name: "Anna's 1:1 Café" → "anna-s-1-1-cafe"; "page" when nothing is left.
  static Slug derive(std::string_view name);

  const std::string& text() const { return text_; }
  /// "demo" → "demo-2"; the whole stays within the length limit.
  Slug numbered(unsigned number) const;
  friend auto operator<=>(const Slug&, const Slug&) = default;

 private:
  explicit Slug(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace scheduling
