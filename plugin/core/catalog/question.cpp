#include "plugin/core/catalog/question.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "plugin/core/catalog/text_limits.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/typed_text.hpp"

namespace scheduling {
namespace {

constexpr std::array<std::string_view, 10> k_type_names = {"text",     "textarea", "select", "multiselect", "radio",
                                                           "checkbox", "phone",    "email",  "number",      "url"};
constexpr std::size_t k_id_length_max = 64;

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= k_id_length_max && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

enum class OptionsRule { needed, allowed, forbidden };

OptionsRule options_rule(QuestionType type) {
  switch (type) {
    case QuestionType::select:
    case QuestionType::multiselect:
    case QuestionType::radio: return OptionsRule::needed;
    case QuestionType::checkbox: return OptionsRule::allowed;
    default: return OptionsRule::forbidden;
  }
}

std::string check_id(FieldErrors& errors, const std::string& field, const std::string& id,
                     std::set<std::string>& seen) {
  if (id.empty()) {
    errors.add(field, "required", "Give the question an id.");
  } else if (id.size() > k_id_length_max) {
    errors.add(field, "too_long", "At most 64 characters.");
  } else if (!is_id(id)) {
    errors.add(field, "invalid_format", "Use letters, digits, underscores and hyphens.");
  } else if (!seen.insert(id).second) {
    errors.add(field, "duplicate", "Another question has this id.");
  }
  return id;
}

std::vector<std::string> check_options(FieldErrors& errors, const std::string& field,
                                       const std::vector<std::string>& options, OptionsRule rule) {
  if (rule == OptionsRule::forbidden && !options.empty()) {
    errors.add(field, "invalid_option", "A question of this type has no options.");
    return {};
  }
  if (rule == OptionsRule::needed && options.empty()) {
    errors.add(field, "required", "Give at least one option.");
  }
  if (options.size() > k_options_max) {
    errors.add(field, "too_long", "At most " + std::to_string(k_options_max) + " options.");
    return {};
  }
  std::vector<std::string> checked;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const std::string name = field + "[" + std::to_string(i) + "]";
    checked.push_back(check_text(errors, name, options[i], {.length_max = k_option_length_max, .required = true}));
    if (!checked.back().empty() && !seen.insert(checked.back()).second) {
      errors.add(name, "duplicate", "This option stands here already.");
    }
  }
  return checked;
}

Question check_question(FieldErrors& errors, const std::string& prefix, const QuestionDraft& draft,
                        std::set<std::string>& seen) {
  Question question;
  question.id = check_id(errors, prefix + "id", typed_value(draft.id), seen);
  question.label =
      check_text(errors, prefix + "label", draft.label, {.length_max = k_question_label_length_max, .required = true});
  question.required = draft.required;
  if (const auto type = question_type_of(draft.type)) {
    question.type = *type;
    question.options = check_options(errors, prefix + "options", draft.options, options_rule(*type));
  } else {
    errors.add(prefix + "type", draft.type.empty() ? "required" : "invalid_option",
               "Choose text, textarea, select, multiselect, radio, checkbox, phone, email, number or url.");
  }
  return question;
}

}  // namespace

std::string_view name_of(QuestionType type) {
  return k_type_names[static_cast<std::size_t>(type)];
}

std::optional<QuestionType> question_type_of(std::string_view name) {
  const auto found = std::find(k_type_names.begin(), k_type_names.end(), name);
  if (found == k_type_names.end()) return std::nullopt;
  return static_cast<QuestionType>(found - k_type_names.begin());
}

std::vector<Question> check_questions(FieldErrors& errors, const std::vector<QuestionDraft>& drafts) {
  std::vector<Question> questions;
  if (drafts.size() > k_questions_max) {
    errors.add("questions", "too_long", "At most " + std::to_string(k_questions_max) + " questions.");
    return questions;
  }
  std::set<std::string> seen;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    questions.push_back(check_question(errors, "questions[" + std::to_string(i) + "].", drafts[i], seen));
  }
  return questions;
}

std::vector<QuestionDraft> to_drafts(const std::vector<Question>& questions) {
  std::vector<QuestionDraft> drafts;
  drafts.reserve(questions.size());
  for (const Question& question : questions) {
    drafts.push_back(
        {question.id, question.label, std::string(name_of(question.type)), question.required, question.options});
  }
  return drafts;
}

}  // namespace scheduling
