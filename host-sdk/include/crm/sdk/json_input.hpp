#pragma once
/// Reads the JSON object of a request, strictly, and collects everything that is wrong with it.
///
///     auto input = JsonInput::from_body(request);
///     if (!input) return input.error();                     // 400 invalid_json, 415, 422
///     auto name = input->text("name", {.min = 1});
///     input->require("name");
///     if (auto refusal = input->refusal()) return *refusal; // 422 with each field and code
///
/// A getter answers empty for an absent field, for null (ask is_null()), and for a wrong value, which
/// it has then noted. refusal() also refuses every field that nobody asked for: `unknown_field`.
/// Codes noted here: required, wrong_type, too_short, too_long, too_many, out_of_range, invalid_text,
/// unknown_field, duplicate_field. Names of nested fields: "settings.align", "rules[2].start_time".
///
/// Thread: one. Cost: one parse. Errors: values; Poco's exceptions stay inside. Since: SDK 1.0
#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Object.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/detail/json_scan.hpp"
#include "crm/sdk/http.hpp"
#include "crm/sdk/responses.hpp"

namespace crm::sdk {

/// Lengths in characters, as VARCHAR(n) counts them. With `min` ≥ 1 a blank text is `required`.
struct TextRule {
  std::size_t min = 0;
  std::size_t max = 255;
  bool multiline = false;  ///< tabs and line ends are allowed
};

enum class EmptyBody : std::uint8_t { refused, means_no_fields };

class JsonInput {
 public:
  /// The body of `request`, which must say Content-Type: application/json. The error is the answer:
  /// 415 unsupported_media_type, 400 invalid_json, 422 wrong_type when it is no object.
  static crm::sdk::Expected<JsonInput, Response> from_body(const Request& request,
                                                           EmptyBody empty = EmptyBody::refused);
  /// JSON text that was stored or comes from elsewhere: read with patience, so that one odd number in it does not
  /// make the rest unreadable. `invalid` when it is no readable object.
  static Outcome<JsonInput> from_text(std::string_view json);

  bool has(std::string_view name) const;  ///< present, also as null
  bool is_null(std::string_view name);    ///< present and null; counts as asked for
  std::optional<std::string> text(std::string_view name, TextRule rule = {});
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::optional<double> number(std::string_view name, double min, double max);
  std::optional<bool> boolean(std::string_view name);
  std::optional<JsonInput> object(std::string_view name);
  std::optional<std::vector<JsonInput>> objects(std::string_view name, std::size_t count_max);
  std::optional<std::vector<std::string>> texts(std::string_view name, std::size_t count_max, TextRule rule = {});
  std::optional<std::vector<std::int64_t>> integers(std::string_view name, std::size_t count_max, std::int64_t min,
                                                    std::int64_t max);
  /// The value as Poco parsed it, for free-form members: every text in it (keys too) was checked
  /// against `rule`. Empty for absent; null arrives as an empty Var.
  std::optional<Poco::Dynamic::Var> anything(std::string_view name, TextRule rule = {0, 10000, true});
  std::vector<std::string> names() const;  ///< of all fields, sorted
  /// Marks fields as known without reading them (read-only fields of a resource).
  void ignore(std::initializer_list<std::string_view> names);

  void require(std::string_view name);  ///< notes `required` when absent or null
  /// Notes an error on a field of this object; an empty name means the object itself.
  void note(std::string_view name, std::string code, std::string message);
  std::string full_name(std::string_view name) const;
  bool clean() const { return state_->errors.empty(); }
  const std::vector<FieldError>& errors() const { return state_->errors; }
  /// 422 when anything was noted, here or in any object below or above. Call it once, last.
  std::optional<Response> refusal();

 private:
  struct Node {
    Poco::JSON::Object::Ptr object;
    std::string prefix;
    std::set<std::string, std::less<>> asked;
  };
  struct State {
    std::deque<Node> nodes;  ///< stable addresses
    std::vector<FieldError> errors;
  };
  JsonInput(std::shared_ptr<State> state, Node& node) : state_(std::move(state)), node_(&node) {}
  static crm::sdk::Expected<JsonInput, FieldError> parse(std::string_view json, detail::OddNumbers odd);
  JsonInput below(Poco::JSON::Object::Ptr object, std::string prefix);
  std::optional<Poco::Dynamic::Var> ask(std::string_view name);
  std::optional<std::string> checked_text(const Poco::Dynamic::Var& value, const std::string& name, TextRule rule);
  std::optional<std::int64_t> checked_integer(const Poco::Dynamic::Var& value, const std::string& name,
                                              std::int64_t min, std::int64_t max);
  std::optional<Poco::JSON::Array::Ptr> array(std::string_view name, std::size_t count_max);
  void check_texts(const Poco::Dynamic::Var& value, const std::string& name, TextRule rule);
  void note_full(std::string name, std::string code, std::string message);

  static constexpr std::size_t k_depth_max = 16;
  static constexpr std::size_t k_stored_depth_max = 200;
  static constexpr std::size_t k_errors_max = 50;

  std::shared_ptr<State> state_;
  Node* node_;
};

}  // namespace crm::sdk

#include "crm/sdk/detail/json_input_members.hpp"
#include "crm/sdk/detail/json_input_read.hpp"
#include "crm/sdk/detail/json_input_values.hpp"
#include "crm/sdk/detail/json_value.hpp"
