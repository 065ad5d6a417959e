#include "reference_host/http/content_coding.hpp"

#include <optional>
#include <string>

#include "reference_host/http/request_head.hpp"

namespace crm::app {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

/// Cuts the part before the next `end` off `rest`.
std::string_view next_part(std::string_view& rest, char end) {
  const std::size_t at = rest.find(end);
  const std::string_view part = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return trimmed(part);
}

/// "0.5" → 500. What is no weight counts as a refusal: the coding was named, but nobody knows how it is meant.
int thousandths(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1') || (text.size() > 1 && text[1] != '.') || text.size() > 5)
    return 0;
  int weight = (text[0] - '0') * 1000;
  int unit = 100;
  for (const char c : text.substr(text.size() > 1 ? 2 : 1)) {
    if (c < '0' || c > '9') return 0;
    weight += (c - '0') * unit;
    unit /= 10;
  }
  return weight > 1000 ? 0 : weight;
}

int weight_in(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view one = next_part(parameters, ';');
    if (one.starts_with("q=") || one.starts_with("Q=")) return thousandths(one.substr(2));
  }
  return 1000;
}

bool is_same_coding(std::string_view a, std::string_view b) {
  return equals_ignoring_case(a, b) || (b == "gzip" && equals_ignoring_case(a, "x-gzip"));
}

/// What all lines of Accept-Encoding say of `coding`, by name or else by "*"; empty when they say nothing.
std::optional<int> weight_of(const sdk::Request& request, std::string_view coding) {
  std::optional<int> any;
  for (const sdk::Field& field : request.headers) {
    if (!equals_ignoring_case(field.name, "Accept-Encoding")) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      std::string_view one = next_part(rest, ',');
      const std::string_view name = next_part(one, ';');
      if (is_same_coding(name, coding)) return weight_in(one);
      if (name == "*") any = weight_in(one);
    }
  }
  return any;
}

}  // namespace

std::string_view choose_coding(const sdk::Request& request, std::initializer_list<std::string_view> offered) {
  // Unless it is named, `identity` is taken when nothing else can be.
  int best_weight = weight_of(request, k_identity).value_or(0);
  std::string_view best = k_identity;
  for (const std::string_view coding : offered) {
    const int weight = weight_of(request, coding).value_or(0);
    if (weight == 0 || weight < best_weight || (weight == best_weight && best != k_identity)) continue;
    best = coding;
    best_weight = weight;
  }
  return best;
}

bool refuses_identity(const sdk::Request& request) {
  return weight_of(request, k_identity) == 0;
}

void vary_by_coding(sdk::Response& response) {
  constexpr std::string_view name = "Accept-Encoding";
  for (sdk::Header& header : response.headers) {
    if (!equals_ignoring_case(header.name, "Vary")) continue;
    if (header.value != "*") header.value.append(", ").append(name);
    return;
  }
  response.headers.push_back({"Vary", std::string(name)});
}

}  // namespace crm::app
