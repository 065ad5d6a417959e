#pragma once
/// A form as browsers post it: application/x-www-form-urlencoded. The one reader of this format, for the CRM
/// and for modules.
/// Since: SDK 1.0
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crm/sdk/detail/percent.hpp"
#include "crm/sdk/detail/text_rules.hpp"

namespace crm::sdk {

class Form {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;
  static constexpr std::size_t k_fields_max = 300;

  /// Empty when an escape is broken, a text is no UTF-8 or holds NUL, or there are more than k_fields_max
  /// fields. CR LF, which browsers send for a line break, becomes LF.
  static std::optional<Form> parse(std::string_view body);
  /// For pages that check their fields one by one: a form that cannot be read has no fields.
  static Form read(std::string_view body) { return parse(body).value_or(Form{}); }
  /// For a form that was not posted yet: the values its fields begin with.
  static Form of(Fields fields);
  /// One field, without reading the others. `name` holds nothing that would be encoded.
  static std::optional<std::string> find(std::string_view body, std::string_view name);

  /// As sent, the first of that name; empty when it is absent.
  std::string value(std::string_view name) const;
  std::vector<std::string> values(std::string_view name) const;
  /// Without spaces at both ends; empty also when it holds control characters other than tabs and line ends.
  std::string text(std::string_view name) const;
  bool has(std::string_view name) const;
  const Fields& fields() const { return fields_; }

 private:
  static std::optional<std::string> decoded(std::string_view encoded);
  Fields fields_;
};

inline std::optional<std::string> Form::decoded(std::string_view encoded) {
  std::string raw;
  raw.reserve(encoded.size());
  if (!detail::append_percent_decoded(encoded, detail::Plus::is_space, raw)) return std::nullopt;
  if (raw.find('\0') != std::string::npos || !detail::is_valid_utf8(raw)) return std::nullopt;
  for (std::size_t at = raw.find("\r\n"); at != std::string::npos; at = raw.find("\r\n", at + 1)) raw.erase(at, 1);
  return raw;
}

inline std::optional<Form> Form::parse(std::string_view body) {
  Form form;
  while (!body.empty()) {
    const std::size_t end = body.find('&');
    const std::string_view pair = body.substr(0, end);
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = decoded(pair.substr(0, equals));
    auto value = decoded(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1));
    if (!name || !value || form.fields_.size() == k_fields_max) return std::nullopt;
    form.fields_.emplace_back(std::move(*name), std::move(*value));
  }
  return form;
}

inline Form Form::of(Fields fields) {
  Form form;
  form.fields_ = std::move(fields);
  return form;
}

inline std::optional<std::string> Form::find(std::string_view body, std::string_view name) {
  while (!body.empty()) {
    const std::size_t end = body.find('&');
    const std::string_view pair = body.substr(0, end);
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return decoded(pair.substr(name.size() + 1));
  }
  return std::nullopt;
}

inline std::string Form::value(std::string_view name) const {
  for (const auto& [field, text] : fields_)
    if (field == name) return text;
  return {};
}

inline std::vector<std::string> Form::values(std::string_view name) const {
  std::vector<std::string> found;
  for (const auto& [field, text] : fields_)
    if (field == name) found.push_back(text);
  return found;
}

inline std::string Form::text(std::string_view name) const {
  const std::string sent = value(name);
  const std::size_t first = sent.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || !detail::is_clean_text(sent, true)) return {};
  return sent.substr(first, sent.find_last_not_of(" \t\r\n") - first + 1);
}

inline bool Form::has(std::string_view name) const {
  for (const auto& field : fields_)
    if (field.first == name) return true;
  return false;
}

/// For a query value or a path: everything but unreserved characters becomes %XX.
inline std::string url_encoded(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += digits[static_cast<unsigned char>(c) >> 4];
      out += digits[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

}  // namespace crm::sdk
