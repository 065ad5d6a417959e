#include "plugin/core/booking/blocked_senders.hpp"

#include "plugin/core/text/typed_text.hpp"

namespace scheduling {
namespace {

std::string_view domain_in(std::string_view address) {
  return address.substr(address.rfind('@') + 1);
}

/// The domain as it stands in an address's key; empty for what is none. Two labels more make an address of a top-level
/// domain too.
std::string domain_key(std::string_view domain) {
  constexpr std::string_view helper = "a.a.";
  const auto address = EmailAddress::parse("a@" + std::string(helper) + std::string(domain));
  if (!address) return {};
  const std::string key = address->key();
  return std::string(domain_in(key).substr(helper.size()));
}

}  // namespace

BlockedSenders::BlockedSenders(const std::vector<std::string>& entries) {
  for (const std::string& entry : entries) {
    const std::string typed = typed_value(entry);
    std::string_view text = typed;
    while (text.ends_with('.')) text.remove_suffix(1);
    if (const auto address = EmailAddress::parse(text); address && !text.starts_with('*')) {
      addresses_.insert(address->key());
      continue;
    }
    if (const auto at = text.rfind('@'); at != std::string_view::npos) text.remove_prefix(at + 1);
    while (text.starts_with('*') || text.starts_with('.')) text.remove_prefix(1);
    if (std::string domain = domain_key(text); !domain.empty()) domains_.insert(std::move(domain));
  }
}

bool BlockedSenders::blocks(const EmailAddress& address) const {
  const std::string key = address.key();
  if (addresses_.contains(key)) return true;
  for (std::string_view domain = domain_in(key); !domain.empty();) {
    if (domains_.contains(domain)) return true;
    const auto dot = domain.find('.');
    domain = dot == std::string_view::npos ? std::string_view{} : domain.substr(dot + 1);
  }
  return false;
}

}  // namespace scheduling
