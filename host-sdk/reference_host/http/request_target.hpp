#pragma once
/// Percent-decoding of paths and queries, and what may come out of it.
///
/// Decoded text is valid UTF-8 without control characters, so nothing behind this line meets a NUL, a
/// line break in a log, or bytes that PostgreSQL would refuse. (A form body is read by sdk::Form; text areas
/// hold line breaks.) Links carry parameters of other programs, so a query is never malformed as a whole: a value
/// has U+FFFD for what cannot be read, and whoever asked for that value refuses or ignores it.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/detail/percent.hpp"
#include "crm/sdk/http.hpp"

namespace crm::app {

using sdk::detail::Plus;

/// Appends the decoded text. False when it is malformed as said above.
[[nodiscard]] bool append_decoded(std::string_view encoded, Plus plus, std::string& out);

/// The decoded path and query of a request. Reusable: set() keeps its memory.
class RequestTarget {
 public:
  /// False when the path is malformed.
  [[nodiscard]] bool set(std::string_view target);
  std::string_view raw_path() const { return raw_path_; }
  std::string_view path() const { return path_; }
  const std::vector<sdk::Field>& query() const { return query_; }

 private:
  /// A view of the decoded text: of the target itself when nothing was encoded.
  std::optional<std::string_view> decoded(std::string_view encoded, Plus plus);
  std::string_view decoded_value(std::string_view encoded);

  std::string text_;  ///< reserved for whatever the target may decode to, so that views into it stay
  std::string_view raw_path_;
  std::string_view path_;
  std::vector<sdk::Field> query_;
};

}  // namespace crm::app
