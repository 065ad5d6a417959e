#pragma once
/// What a meeting type asks before booking.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/error.hpp"

namespace scheduling {

enum class QuestionType : std::uint8_t {
  text,
  textarea,
  select,
  multiselect,
  radio,
  checkbox,
  phone,
  email,
  number,
  url
};
std::string_view name_of(QuestionType type);
std::optional<QuestionType> question_type_of(std::string_view name);

struct QuestionDraft {
  std::string id;
  std::string label;
  std::string type;
  bool required = false;
  std::vector<std::string> options;
};

/// `select` and `radio` take one of the options, `multiselect` several. A `checkbox` without options is
/// one yes/no box; with options it is several boxes.
struct Question {
  std::string id;  ///< letters, digits, '_' and '-', at most 64; unique within the type
  std::string label;
  QuestionType type = QuestionType::text;
  bool required = false;
  std::vector<std::string> options;
  friend bool operator==(const Question&, const Question&) = default;

  bool takes_several() const {
    return type == QuestionType::multiselect || (type == QuestionType::checkbox && !options.empty());
  }
};

inline constexpr std::size_t k_questions_max = 50;
inline constexpr std::size_t k_options_max = 100;

/// Fields are named "questions[0].label". Result is meaningful only when no error was added.
std::vector<Question> check_questions(FieldErrors& errors, const std::vector<QuestionDraft>& drafts);
std::vector<QuestionDraft> to_drafts(const std::vector<Question>& questions);

}  // namespace scheduling
