#pragma once
/// What opens a CalDAV server: kept as the connection's token, sealed by its row.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scheduling {

struct DavAccount {
  std::string home{};              ///< URL of the collection that holds the calendars
  std::string default_calendar{};  ///< id of the calendar that the server itself prefers; may be empty
  std::string username{};
  std::string password{};
  std::vector<std::string> addresses{};  ///< of the calendar's owner, lower case

  std::string text() const;
  static std::optional<DavAccount> parse(std::string_view text);
};

}  // namespace scheduling
