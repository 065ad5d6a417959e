#pragma once
/// A booker's answers, checked against the type's questions (B-7).
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plugin/core/booking/phone_reader.hpp"
#include "plugin/core/catalog/question.hpp"

namespace scheduling {

/// Text, yes/no, a number, or several texts.
using AnswerValue = std::variant<std::string, bool, double, std::vector<std::string>>;

/// As it comes from outside. JSON null means that the answer is left out. A form sends texts only:
/// "on" and "true" tick a box, digits are a number, one text is a list of one.
struct AnswerDraft {
  std::string id;
  AnswerValue value;
};

/// Accepted; of the type the question asks for: bool for a single checkbox, double for a number, a list
/// for several options, text otherwise (E.164 for phones).
struct Answer {
  std::string id;
  AnswerValue value;
  friend bool operator==(const Answer&, const Answer&) = default;
};

/// In the order of the questions; questions left out by the booker are absent. Errors are named
/// "answers.<id>": required, invalid_type, invalid_option, invalid_phone, invalid_email, invalid_number,
/// invalid_url, too_long, invalid_format, unknown_field, duplicate.
std::vector<Answer> check_answers(FieldErrors& errors, const std::vector<Question>& questions,
                                  const std::vector<AnswerDraft>& drafts, const PhoneReader& phones,
                                  std::string_view region);

/// The same answers in the order of the questions, which the database does not keep; those to questions that were taken
/// off since come last.
std::vector<Answer> in_order_of(const std::vector<Question>& questions, std::vector<Answer> answers);

/// For mails and timelines: "Yes", "42", "Red, Blue".
std::string answer_text(const AnswerValue& value);

}  // namespace scheduling
