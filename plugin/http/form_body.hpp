#pragma once
/// A form as browsers post it: application/x-www-form-urlencoded.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scheduling {

class FormBody {
 public:
  /// Empty when an escape is broken, a text is no UTF-8 or holds NUL, or there are more than 300 fields.
  /// CR LF, which browsers send for a line break, becomes LF.
  static std::optional<FormBody> parse(std::string_view body);

  /// For a form that was not posted yet: the values its fields begin with.
  static FormBody of(std::vector<std::pair<std::string, std::string>> fields);

  /// The first value of that name; empty text when it is absent.
  std::string value(std::string_view name) const;
  std::vector<std::string> values(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// For a query value or a path: everything but unreserved characters becomes %XX.
std::string url_encoded(std::string_view text);

/// "/path?a=1&b=2" from its parts; parameters with an empty value are left out.
std::string url_with(std::string_view path, const std::vector<std::pair<std::string, std::string>>& parameters);

}  // namespace scheduling
