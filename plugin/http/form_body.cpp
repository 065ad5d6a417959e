#include "plugin/http/form_body.hpp"

namespace scheduling {

std::string url_with(std::string_view path, const std::vector<std::pair<std::string, std::string>>& parameters) {
  std::string out(path);
  char separator = '?';
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    out += separator;
    out += url_encoded(name) + '=' + url_encoded(value);
    separator = '&';
  }
  return out;
}

}  // namespace scheduling
