#include "plugin/core/catalog/embed_origins.hpp"

#include <algorithm>
#include <charconv>

#include "plugin/core/text/domain_name.hpp"
#include "plugin/core/text/plain_text.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_host_length_max = 253;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// Letters, digits, hyphens and dots, none of them where no name has them.
std::optional<std::string> parse_host(std::string_view text) {
  const auto host = ascii_domain(text);
  if (!host || host->empty() || host->size() > k_host_length_max) return std::nullopt;
  if (host->find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") != std::string::npos) return std::nullopt;
  if (host->front() == '.' || host->front() == '-' || host->back() == '.' || host->back() == '-') return std::nullopt;
  return host->find("..") == std::string::npos ? host : std::nullopt;
}

std::optional<int> parse_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool is_whole = error == std::errc{} && end == text.data() + text.size();
  return is_whole && port >= 1 && port <= 65535 ? std::optional(port) : std::nullopt;
}

}  // namespace

std::optional<std::string> parse_origin(std::string_view text) {
  text = trimmed(text);
  const std::size_t mark = text.find("://");
  if (mark == std::string_view::npos) return std::nullopt;
  const std::string scheme = lower(text.substr(0, mark));
  if (scheme != "https" && scheme != "http") return std::nullopt;
  std::string_view rest = text.substr(mark + 3);
  // What people copy from the address bar of a start page ends with a slash.
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const std::size_t colon = rest.find(':');
  const auto host = parse_host(rest.substr(0, colon));
  if (!host) return std::nullopt;
  if (colon == std::string_view::npos) return scheme + "://" + *host;
  const auto port = parse_port(rest.substr(colon + 1));
  if (!port) return std::nullopt;
  // Browsers leave the usual port out, and compare letter by letter.
  const bool is_usual = *port == (scheme == "https" ? 443 : 80);
  return scheme + "://" + *host + (is_usual ? "" : ":" + std::to_string(*port));
}

EmbedOrigins checked_embed_origins(const EmbedOrigins& draft, FieldErrors& errors) {
  EmbedOrigins origins;
  if (draft.size() > k_embed_origins_max) {
    errors.add("embed_origins", "too_many", "At most 20 websites.");
    return origins;
  }
  for (std::size_t i = 0; i < draft.size(); ++i) {
    auto origin = parse_origin(draft[i]);
    if (!origin)
      errors.add("embed_origins[" + std::to_string(i) + "]", "invalid_origin",
                 "Enter a website without a path, such as https://www.example.com.");
    else if (std::ranges::find(origins, *origin) == origins.end())
      origins.push_back(std::move(*origin));
  }
  return origins;
}

}  // namespace scheduling
