#include "reference_host/auth/known_device.hpp"

#include <charconv>
#include <vector>

#include "reference_host/auth/token.hpp"

namespace crm::app {
namespace {

constexpr std::string_view k_bound_to = "known device v1";
constexpr std::size_t k_cookie_bytes_max = 1000;
constexpr std::size_t k_id_bytes = 16;

/// "5:1762000000000000"
struct Entry {
  std::int64_t user = 0;
  std::int64_t since = 0;
};

std::optional<Entry> read_entry(std::string_view text) {
  Entry entry;
  const auto user = std::from_chars(text.data(), text.data() + text.size(), entry.user);
  if (user.ec != std::errc{} || user.ptr == text.data() + text.size() || *user.ptr != ':') return std::nullopt;
  const auto since = std::from_chars(user.ptr + 1, text.data() + text.size(), entry.since);
  if (since.ec != std::errc{} || since.ptr != text.data() + text.size()) return std::nullopt;
  return entry;
}

/// What is sealed: the device's id and its entries, divided by spaces.
struct Content {
  std::string id;
  std::vector<Entry> entries;
};

Content read_content(std::string_view text) {
  Content content;
  content.id = text.substr(0, text.find(' '));
  while (text.find(' ') != std::string_view::npos) {
    text.remove_prefix(text.find(' ') + 1);
    if (const auto entry = read_entry(text.substr(0, text.find(' ')))) content.entries.push_back(*entry);
  }
  return content;
}

}  // namespace

std::string KnownDevices::opened(std::string_view cookie) const {
  if (cookie.empty() || cookie.size() > k_cookie_bytes_max) return {};
  const std::string sealed = from_base64url(cookie);
  if (sealed.empty()) return {};
  auto plain = secrets_.open(sealed, k_bound_to);
  return plain ? std::move(*plain) : std::string();
}

std::optional<KnownDevice> KnownDevices::find(std::string_view cookie, sdk::UserId user) const {
  const Content content = read_content(opened(cookie));
  for (const Entry& entry : content.entries)
    if (entry.user == user.value) return KnownDevice{content.id, sdk::Micros{std::chrono::microseconds(entry.since)}};
  return std::nullopt;
}

sdk::Outcome<std::string> KnownDevices::remember(std::string_view cookie, sdk::UserId user, sdk::Micros now) {
  Content content = read_content(opened(cookie));
  if (content.id.empty()) {
    auto random = secrets_.random_bytes(k_id_bytes);
    if (!random) return sdk::fail(random.error());
    content.id = base64url(*random);
  }
  std::string plain =
      content.id + " " + std::to_string(user.value) + ":" + std::to_string(now.time_since_epoch().count());
  std::size_t kept = 1;
  for (const Entry& entry : content.entries)
    if (entry.user != user.value && kept++ < k_device_users_max)
      plain += " " + std::to_string(entry.user) + ":" + std::to_string(entry.since);
  auto sealed = secrets_.seal(plain, k_bound_to);
  if (!sealed) return sdk::fail(sealed.error());
  return base64url(*sealed);
}

}  // namespace crm::app
