#include "tests/plugin_api/collecting_loader.hpp"

#include <optional>

namespace scheduling::test {
namespace {

using crm::sdk::Field;

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
  }
  return parts;
}

std::optional<std::vector<Field>> match(std::string_view pattern, std::string_view path) {
  const auto wanted = segments(pattern);
  const auto given = segments(path);
  if (wanted.size() != given.size()) return std::nullopt;
  std::vector<Field> params;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].starts_with('{'))
      params.push_back({wanted[i].substr(1, wanted[i].size() - 2), given[i]});
    else if (wanted[i] != given[i])
      return std::nullopt;
  }
  return params;
}

}  // namespace

crm::sdk::Response CollectingLoader::handle(crm::sdk::Request& request) const {
  const crm::sdk::Route* best = nullptr;
  std::vector<Field> best_params;
  for (const crm::sdk::Route& route : routes) {
    if (route.method != request.method) continue;
    auto params = match(route.pattern, request.path);
    if (!params || (best != nullptr && params->size() >= best_params.size())) continue;
    best = &route;
    best_params = std::move(*params);
  }
  if (best == nullptr) return {404, "", "no such route", {}};
  request.params = std::move(best_params);
  return best->handler(request);
}

}  // namespace scheduling::test
