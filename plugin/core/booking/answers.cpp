#include "plugin/core/booking/answers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "plugin/core/booking/email_address.hpp"
#include "plugin/core/number_text.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/typed_text.hpp"
#include "plugin/core/text/web_values.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_line_length_max = 1000;
constexpr std::size_t k_area_length_max = 5000;
constexpr double k_number_max = 1e15;  // up to here a double holds every whole number

/// One question, its answer, and where errors go.
struct Asked {
  const Question& question;
  const AnswerDraft& draft;
  FieldErrors& errors;
  const PhoneReader& phones;
  std::string_view region;

  std::string field() const { return "answers." + question.id; }
  std::nullopt_t refuse(std::string_view code, std::string message) const {
    errors.add(field(), code, std::move(message));
    return std::nullopt;
  }
  std::nullopt_t missing() const {
    if (question.required) errors.add(field(), "required", "This question needs an answer.");
    return std::nullopt;
  }
};

using Checked = std::optional<AnswerValue>;

Checked check_line(const Asked& asked, std::string_view text) {
  const bool is_area = asked.question.type == QuestionType::textarea;
  const std::size_t before = asked.errors.list().size();
  std::string value = check_text(
      asked.errors, asked.field(), text,
      {.length_max = is_area ? k_area_length_max : k_line_length_max, .lines = is_area ? Lines::many : Lines::one});
  if (asked.errors.list().size() != before) return std::nullopt;
  return AnswerValue{std::move(value)};
}

Checked check_option(const Asked& asked, std::string_view text) {
  const auto& options = asked.question.options;
  if (std::find(options.begin(), options.end(), text) == options.end()) {
    return asked.refuse("invalid_option", "Choose one of the options.");
  }
  return AnswerValue{std::string(text)};
}

Checked check_number(const Asked& asked, std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  const bool is_number = error == std::errc{} && end == text.data() + text.size() && std::isfinite(number);
  if (!is_number) return asked.refuse("invalid_number", "Enter a number.");
  if (std::abs(number) > k_number_max) return asked.refuse("out_of_range", "This number is too large.");
  return AnswerValue{number};
}

Checked check_typed_text(const Asked& asked, std::string_view text) {
  switch (asked.question.type) {
    case QuestionType::select:
    case QuestionType::radio: return check_option(asked, text);
    case QuestionType::number: return check_number(asked, text);
    case QuestionType::phone:
      if (auto number = asked.phones.read(text, asked.region)) return AnswerValue{std::move(*number)};
      return asked.refuse("invalid_phone", "Enter a phone number, with the country code (+1 …).");
    case QuestionType::email:
      if (const auto address = EmailAddress::parse(text)) return AnswerValue{address->text()};
      return asked.refuse("invalid_email", "Enter an e-mail address.");
    case QuestionType::url:
      if (is_web_address(text, Scheme::http_or_https)) return AnswerValue{std::string(text)};
      return asked.refuse("invalid_url", "Enter an address that begins with https:// or http://.");
    default: return check_line(asked, text);
  }
}

/// Options are compared as they were stored, which is as a line is read.
std::string as_typed(QuestionType type, std::string_view text) {
  switch (type) {
    case QuestionType::textarea: return typed_lines(text);
    case QuestionType::phone:
    case QuestionType::email:
    case QuestionType::url:
    case QuestionType::number: return typed_value(text);
    default: return typed_line(text);
  }
}

Checked check_box(const Asked& asked) {
  const AnswerValue& value = asked.draft.value;
  bool ticked = false;
  if (const bool* flag = std::get_if<bool>(&value)) {
    ticked = *flag;
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    ticked = *text == "on" || *text == "true" || *text == "yes";
    if (!ticked && !text->empty() && *text != "false" && *text != "off" && *text != "no") {
      return asked.refuse("invalid_type", "Answer with true or false.");
    }
  } else {
    return asked.refuse("invalid_type", "Answer with true or false.");
  }
  if (!ticked && asked.question.required) return asked.missing();
  return AnswerValue{ticked};
}

Checked check_several(const Asked& asked) {
  std::vector<std::string> chosen;
  if (const auto* list = std::get_if<std::vector<std::string>>(&asked.draft.value)) {
    chosen = *list;
  } else if (const auto* text = std::get_if<std::string>(&asked.draft.value)) {
    if (!text->empty()) chosen.push_back(*text);
  } else {
    return asked.refuse("invalid_type", "Answer with a list of options.");
  }
  if (chosen.empty()) return asked.missing();
  for (std::string& option : chosen) option = typed_line(option);
  if (chosen.size() > asked.question.options.size()) {
    return asked.refuse("invalid_option", "Choose each option at most once.");
  }
  std::vector<std::string> ordered;
  for (const std::string& option : asked.question.options) {
    if (std::find(chosen.begin(), chosen.end(), option) != chosen.end()) ordered.push_back(option);
  }
  if (ordered.size() != chosen.size()) return asked.refuse("invalid_option", "Choose from the options, each once.");
  return AnswerValue{std::move(ordered)};
}

Checked check_single(const Asked& asked) {
  const AnswerValue& value = asked.draft.value;
  if (const double* number = std::get_if<double>(&value); number && asked.question.type == QuestionType::number) {
    if (!std::isfinite(*number) || std::abs(*number) > k_number_max) {
      return asked.refuse("out_of_range", "This number is too large.");
    }
    return value;
  }
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return asked.refuse("invalid_type", "Answer with a text.");
  const std::string typed = as_typed(asked.question.type, *text);
  if (typed.empty()) return asked.missing();
  if (!is_plain(typed, Lines::many)) {
    return asked.refuse("invalid_format", "Contains characters that are not allowed here.");
  }
  return check_typed_text(asked, typed);
}

Checked check_answer(const Asked& asked) {
  if (asked.question.takes_several()) return check_several(asked);
  if (asked.question.type == QuestionType::checkbox) return check_box(asked);
  return check_single(asked);
}

void refuse_strangers(FieldErrors& errors, const std::vector<Question>& questions,
                      const std::vector<AnswerDraft>& drafts) {
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const std::string field = "answers." + drafts[i].id.substr(0, 64);
    const bool is_asked = std::any_of(questions.begin(), questions.end(),
                                      [&](const Question& question) { return question.id == drafts[i].id; });
    const bool is_repeated = std::any_of(drafts.begin(), drafts.begin() + static_cast<std::ptrdiff_t>(i),
                                         [&](const AnswerDraft& earlier) { return earlier.id == drafts[i].id; });
    if (!is_asked) errors.add(is_utf8(field) ? field : "answers", "unknown_field", "There is no such question.");
    if (is_asked && is_repeated) errors.add(field, "duplicate", "Answered twice.");
    if (i > 2 * k_questions_max) return;
  }
}

}  // namespace

std::vector<Answer> check_answers(FieldErrors& errors, const std::vector<Question>& questions,
                                  const std::vector<AnswerDraft>& drafts, const PhoneReader& phones,
                                  std::string_view region) {
  refuse_strangers(errors, questions, drafts);
  std::vector<Answer> answers;
  for (const Question& question : questions) {
    const auto draft =
        std::find_if(drafts.begin(), drafts.end(), [&](const AnswerDraft& each) { return each.id == question.id; });
    if (draft == drafts.end()) {
      if (question.required) errors.add("answers." + question.id, "required", "This question needs an answer.");
      continue;
    }
    auto value = check_answer(Asked{question, *draft, errors, phones, region});
    if (value) answers.push_back({question.id, std::move(*value)});
  }
  return answers;
}

std::vector<Answer> in_order_of(const std::vector<Question>& questions, std::vector<Answer> answers) {
  const auto place = [&](const Answer& answer) { return std::ranges::find(questions, answer.id, &Question::id); };
  std::ranges::stable_sort(answers, {}, place);
  return answers;
}

std::string answer_text(const AnswerValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const bool* flag = std::get_if<bool>(&value)) return *flag ? "Yes" : "No";
  if (const double* number = std::get_if<double>(&value)) return number_text(*number);
  std::string joined;
  for (const std::string& option : std::get<std::vector<std::string>>(value)) {
    joined += (joined.empty() ? "" : ", ") + option;
  }
  return joined;
}

}  // namespace scheduling
