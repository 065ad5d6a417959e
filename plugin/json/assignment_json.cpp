#include "plugin/json/assignment_json.hpp"

#include <limits>

#include "plugin/json/stored_json.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_considered_max = 1000;
constexpr crm::sdk::TextRule k_word{.min = 1, .max = 40};

}  // namespace

void write_considered(JsonText& out, const std::vector<Considered>& considered) {
  out.begin_array();
  for (const Considered& each : considered)
    out.begin_object()
        .field("user_id", each.user)
        .field("outcome", name_of(each.outcome))
        .field("reason", each.reason)
        .field("balance", each.balance)
        .end_object();
  out.end_array();
}

Result<std::vector<Considered>> parse_considered(std::string_view json) {
  std::vector<Considered> considered;
  auto input = read_stored_items(json);
  if (!input) return fail(input.error());
  auto items = input->objects("items", k_considered_max);
  if (!items) return stored_as(*input, std::move(considered));
  for (crm::sdk::JsonInput& item : *items) {
    Considered& each = considered.emplace_back();
    each.user = UserId{item.integer("user_id", 1, std::numeric_limits<std::int32_t>::max()).value_or(0)};
    each.outcome =
        considered_outcome_of(item.text("outcome", k_word).value_or("")).value_or(ConsideredOutcome::skipped);
    each.reason = item.text("reason", k_word).value_or("");
    const auto balance = item.anything("balance");
    if (balance && balance->isNumeric()) each.balance = balance->convert<double>();
  }
  return stored_as(*input, std::move(considered));
}

}  // namespace scheduling
