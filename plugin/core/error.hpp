#pragma once
/// What can go wrong, as a value. The list is closed: the HTTP status and the public's text are chosen
/// from `code` in one table at the edge.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scheduling {

enum class Code : std::uint8_t {
  invalid_input,         ///< `fields` names every offending value
  not_found,             ///< no such thing, or not for this caller's eyes
  not_yours,             ///< visible, but the caller may not do that
  slot_taken,            ///< busy time, a buffer or a limit refuses the start
  outside_rules,         ///< hours, grid, notice or horizon refuse the start
  owner_only,            ///< a known contact books with its owner
  too_late,              ///< the notice for cancelling or moving has passed
  token_expired,         ///< a manage link some days after its meeting
  conflict,              ///< a unique value is taken, or the state does not allow it; `fields` may name it
  idempotency_conflict,  ///< same key, other body
  not_accepted,          ///< an address that the administrator blocked
  too_many_bookings,     ///< of one network; `retry_after` says when there is room again
  database_unavailable,  ///< our database does not respond, or asks to try the transaction again
  provider_unavailable,  ///< a calendar or mail server does not respond
  provider_refused,      ///< the provider said no
  broken,                ///< a bug or damaged surroundings
};

/// Whose doing it is, so that a dead calendar provider is never logged as our bug.
enum class Fault : std::uint8_t { ours, caller, provider };

/// One value the caller sent that breaks a rule.
struct FieldError {
  std::string field;                 ///< dotted: "settings.slot_interval_minutes", "questions[0].label"
  std::string code;                  ///< stable: required, too_long, out_of_range, invalid_format, invalid_option …
  std::string message;               ///< one English sentence for people
  std::optional<std::size_t> max{};  ///< of too_long, for those who word it in another language
  friend bool operator==(const FieldError&, const FieldError&) = default;
};

struct Error {
  Code code = Code::broken;
  Fault fault = Fault::ours;
  std::string detail;              ///< for logs only
  std::vector<FieldError> fields;  ///< for invalid_input and sometimes conflict: for the caller
  std::optional<std::chrono::seconds> retry_after{};
};

/// The code's own name: "slot_taken".
std::string_view name_of(Code code);

/// Caller's fault for refusals, the provider's for provider_*, ours for `database_unavailable` and `broken`.
Error make_error(Code code, std::string detail = {});
Error invalid_field(std::string field, std::string code, std::string message);

/// Collects all field errors of one input, so that a person can correct everything at once.
class FieldErrors {
 public:
  void add(std::string field, std::string_view code, std::string message);
  /// too_long, where at most `max` of `units` ("characters") fit.
  void add_too_long(std::string field, std::size_t max, std::string_view units);
  /// Takes the fields of `error` over, each with `prefix` before its name ("settings." + "align").
  void add_all(std::string_view prefix, const std::vector<FieldError>& errors);
  bool empty() const { return errors_.empty(); }
  bool names(std::string_view field) const;  ///< true when `field` already has an error
  const std::vector<FieldError>& list() const { return errors_; }
  /// The invalid_input error. Call only when not empty.
  Error to_error() &&;

 private:
  std::vector<FieldError> errors_;
};

}  // namespace scheduling
