#pragma once
/// The fields of an application/x-www-form-urlencoded body.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crm/sdk/http.hpp"

namespace crm::host {

class Form {
 public:
  /// Reads the request's body; fields that are no clean UTF-8 text are dropped, as if not sent.
  explicit Form(const sdk::Request& request);
  /// Trimmed; empty when absent.
  std::string text(std::string_view name) const;
  /// As sent: for passwords.
  std::string raw(std::string_view name) const;
  bool has(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// Percent-encodes everything but unreserved characters.
std::string url_encoded(std::string_view text);

}  // namespace crm::host
