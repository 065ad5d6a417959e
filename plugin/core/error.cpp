#include "plugin/core/error.hpp"

#include <algorithm>
#include <cassert>

namespace scheduling {

std::string_view name_of(Code code) {
  switch (code) {
    case Code::invalid_input: return "invalid_input";
    case Code::not_found: return "not_found";
    case Code::not_yours: return "not_yours";
    case Code::slot_taken: return "slot_taken";
    case Code::outside_rules: return "outside_rules";
    case Code::owner_only: return "owner_only";
    case Code::too_late: return "too_late";
    case Code::token_expired: return "token_expired";
    case Code::conflict: return "conflict";
    case Code::idempotency_conflict: return "idempotency_conflict";
    case Code::not_accepted: return "not_accepted";
    case Code::too_many_bookings: return "too_many_bookings";
    case Code::database_unavailable: return "database_unavailable";
    case Code::provider_unavailable: return "provider_unavailable";
    case Code::provider_refused: return "provider_refused";
    case Code::broken: return "broken";
  }
  return "broken";
}

namespace {

Fault fault_of(Code code) {
  switch (code) {
    case Code::database_unavailable:
    case Code::broken: return Fault::ours;
    case Code::provider_unavailable:
    case Code::provider_refused: return Fault::provider;
    default: return Fault::caller;
  }
}

}  // namespace

Error make_error(Code code, std::string detail) {
  return Error{code, fault_of(code), std::move(detail), {}};
}

Error invalid_field(std::string field, std::string code, std::string message) {
  Error error = make_error(Code::invalid_input);
  error.fields.push_back({std::move(field), std::move(code), std::move(message)});
  return error;
}

void FieldErrors::add(std::string field, std::string_view code, std::string message) {
  errors_.push_back({std::move(field), std::string(code), std::move(message)});
}

void FieldErrors::add_too_long(std::string field, std::size_t max, std::string_view units) {
  add(std::move(field), "too_long", "At most " + std::to_string(max) + " " + std::string(units) + ".");
  errors_.back().max = max;
}

void FieldErrors::add_all(std::string_view prefix, const std::vector<FieldError>& errors) {
  for (const FieldError& error : errors) {
    errors_.push_back(error);
    errors_.back().field.insert(0, prefix);
  }
}

bool FieldErrors::names(std::string_view field) const {
  return std::any_of(errors_.begin(), errors_.end(), [&](const FieldError& error) { return error.field == field; });
}

Error FieldErrors::to_error() && {
  assert(!errors_.empty());
  Error error = make_error(Code::invalid_input);
  error.fields = std::move(errors_);
  return error;
}

}  // namespace scheduling
