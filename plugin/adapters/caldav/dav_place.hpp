#pragma once
/// Where the reading of a calendar goes on, and what was seen of it: the place that is kept between readings, and
/// within one.
///
/// What was seen is kept because servers differ: one answers an unknown token with all there is, one with an error, one
/// has no tokens. Compared with what was seen, each of these says the same, and nothing is freed on the way.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

class DavPlace {
 public:
  struct Seen {
    std::string tag{};       ///< of the version that was read; empty: it has to be read
    bool is_wanted = false;  ///< to be read in this reading
  };
  std::string sync_token{};
  std::string ctag{};
  std::map<std::string, Seen> objects{};  ///< by id

  std::string text() const;
  static std::optional<DavPlace> parse(std::string_view text);
  bool has_wanted() const;
};

/// Short, and the same for the same ETag.
std::string tag_of_etag(std::string_view etag);

}  // namespace scheduling
