#pragma once
/// The settings a module takes, as its manifest describes them: a flat object of typed values with
/// defaults, bounds and `secret` flags.
///
/// Errors: values that break a rule come back as FieldErrors, one for each. Purity: no I/O.
#include <Poco/JSON/Object.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crm/sdk/outcome.hpp"
#include "crm/sdk/problem.hpp"

namespace crm::app {

struct SettingRule {
  enum class Type { string, integer, number, boolean, array };
  Type type = Type::string;
  bool is_secret = false;
  Poco::Dynamic::Var fallback;  ///< empty: null
  std::vector<std::string> choices;
  std::optional<double> minimum;
  std::optional<double> maximum;
  std::optional<std::size_t> length_min;
  std::optional<std::size_t> length_max;
  std::optional<std::size_t> items_max;
};

class SettingsSchema {
 public:
  /// `text`: the manifest's "settings". `invalid` when a default breaks its own rule or a secret has one.
  static sdk::Outcome<SettingsSchema> parse(const std::string& text);

  /// What is wrong with `changes`: unknown_field, wrong_type, out_of_range, too_long, too_short, not_a_choice.
  /// null is always right: it stands for the default.
  std::vector<sdk::FieldError> check(const Poco::JSON::Object& changes) const;
  /// `stored` over the defaults; keys the schema no longer knows are dropped.
  Poco::JSON::Object::Ptr with_defaults(const Poco::JSON::Object& stored) const;
  const std::map<std::string, SettingRule>& rules() const { return rules_; }

 private:
  std::map<std::string, SettingRule> rules_;
};

}  // namespace crm::app
