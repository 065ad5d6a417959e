#include "plugin/core/booking/blocked_senders.hpp"

#include "plugin/core/text/plain_text.hpp"

namespace scheduling {
namespace {

std::string_view domain_in(std::string_view address) {
  return address.substr(address.rfind('@') + 1);
}

/// The domain as it stands in a folded address; empty for what is none. Two labels more make an address of a top-level
/// domain too.
std::string folded_domain(std::string_view domain) {
  constexpr std::string_view helper = "a.a.";
  const auto address = EmailAddress::parse("a@" + std::string(helper) + std::string(domain));
  if (!address) return {};
  const std::string folded = address->folded();
  return std::string(domain_in(folded).substr(helper.size()));
}

}  // namespace

BlockedSenders::BlockedSenders(const std::vector<std::string>& entries) {
  for (const std::string& entry : entries) {
    std::string_view text = trimmed(entry);
    while (text.ends_with('.')) text.remove_suffix(1);
    if (const auto address = EmailAddress::parse(text); address && !text.starts_with('*')) {
      addresses_.insert(address->folded());
      continue;
    }
    if (const auto at = text.rfind('@'); at != std::string_view::npos) text.remove_prefix(at + 1);
    while (text.starts_with('*') || text.starts_with('.')) text.remove_prefix(1);
    if (std::string domain = folded_domain(text); !domain.empty()) domains_.insert(std::move(domain));
  }
}

bool BlockedSenders::blocks(const EmailAddress& address) const {
  const std::string folded = address.folded();
  if (addresses_.contains(folded)) return true;
  for (std::string_view domain = domain_in(folded); !domain.empty();) {
    if (domains_.contains(domain)) return true;
    const auto dot = domain.find('.');
    domain = dot == std::string_view::npos ? std::string_view{} : domain.substr(dot + 1);
  }
  return false;
}

}  // namespace scheduling
