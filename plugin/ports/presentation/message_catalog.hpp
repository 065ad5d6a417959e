#pragma once
/// Sentences in the reader's language. What counts and what declines ("1 hour", "2 hours") is the catalog's affair:
/// services give names and numbers, never pieces of sentences.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scheduling {

/// What a sentence puts in, by name. A value is put in as it is: braces in it mean nothing.
struct MessageArgs {
  std::map<std::string, std::string, std::less<>> texts{};
  std::map<std::string, std::int64_t, std::less<>> numbers{};

  MessageArgs& text(std::string name, std::string value) {
    texts.insert_or_assign(std::move(name), std::move(value));
    return *this;
  }
  MessageArgs& number(std::string name, std::int64_t value) {
    numbers.insert_or_assign(std::move(name), value);
    return *this;
  }
};

/// `locale` is a BCP 47 tag ("de-AT"); "_" may stand for "-".
/// Thread: any.
class MessageCatalog {
 public:
  using Patterns = std::vector<std::pair<std::string, std::string>>;

  virtual ~MessageCatalog() = default;
  /// The sentence in language_of(locale). An unknown key comes back as itself, so a gap is seen, not hidden.
  virtual std::string text(std::string_view key, std::string_view locale, const MessageArgs& args = {}) const = 0;
  /// The messages whose keys begin with `prefix` ("page."), as translators wrote them, by the rest of the key.
  virtual Patterns patterns(std::string_view prefix, std::string_view locale) const = 0;
  /// One of languages(): "pt-BR" → "pt"; "en" when there is none for the locale.
  virtual std::string language_of(std::string_view locale) const = 0;
  /// Sorted: "de", "en", …
  virtual const std::vector<std::string>& languages() const = 0;
};

}  // namespace scheduling
