#include "plugin/adapters/caldav/dav_account.hpp"

namespace scheduling {
namespace {

constexpr std::string_view k_form = "caldav1";

std::optional<std::string> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string line(text.substr(0, end));
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

/// A line each; none of them can hold a line break.
std::string DavAccount::text() const {
  std::string out = std::string(k_form) + "\n";
  for (const std::string* const each : {&home, &default_calendar, &username, &password}) out += *each + "\n";
  for (const std::string& address : addresses) out += address + "\n";
  return out;
}

std::optional<DavAccount> DavAccount::parse(std::string_view text) {
  if (take_line(text) != k_form) return std::nullopt;
  DavAccount account;
  for (std::string* const each : {&account.home, &account.default_calendar, &account.username, &account.password}) {
    auto line = take_line(text);
    if (!line) return std::nullopt;
    *each = std::move(*line);
  }
  while (auto line = take_line(text)) account.addresses.push_back(std::move(*line));
  return account;
}

}  // namespace scheduling
