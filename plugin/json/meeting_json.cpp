#include "plugin/json/meeting_json.hpp"

#include <Poco/JSON/Array.h>

#include <variant>

#include "plugin/json/stored_json.hpp"

namespace scheduling {
namespace {

/// Long enough for anything that check_answers() lets through.
constexpr crm::sdk::TextRule k_stored_text{.min = 0, .max = 100000, .multiline = true};

std::optional<AnswerValue> answer_of(const Poco::Dynamic::Var& value) {
  if (value.isBoolean()) return AnswerValue{value.convert<bool>()};
  if (value.isString()) return AnswerValue{value.convert<std::string>()};
  if (value.isNumeric()) return AnswerValue{value.convert<double>()};
  if (value.type() != typeid(Poco::JSON::Array::Ptr)) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& item : *value.extract<Poco::JSON::Array::Ptr>())
    if (item.isString()) texts.push_back(item.convert<std::string>());
  return AnswerValue{std::move(texts)};
}

void write_answer(JsonText& out, const AnswerValue& value) {
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
    write_texts(out, *texts);
  } else if (const auto* yes = std::get_if<bool>(&value)) {
    out.value(*yes);
  } else if (const auto* number = std::get_if<double>(&value)) {
    out.value(*number);
  } else {
    out.value(std::get<std::string>(value));
  }
}

}  // namespace

void write_answers(JsonText& out, const std::vector<Answer>& answers) {
  out.begin_object();
  for (const Answer& answer : answers) {
    out.key(answer.id);
    write_answer(out, answer.value);
  }
  out.end_object();
}

void write_texts(JsonText& out, const std::vector<std::string>& texts) {
  out.begin_array();
  for (const std::string& text : texts) out.value(text);
  out.end_array();
}

void write_mail_failures(JsonText& out, const std::vector<MailFailure>& failures) {
  out.begin_array();
  for (const MailFailure& failure : failures)
    out.begin_object()
        .field("recipient", failure.recipient)
        .field("kind", failure.kind)
        .field("reply", failure.reply)
        .field("at", failure.at)
        .end_object();
  out.end_array();
}

Result<std::vector<Answer>> parse_answers(std::string_view json) {
  std::vector<Answer> answers;
  if (json.empty() || json == "{}") return answers;
  auto input = read_stored(json);
  if (!input) return fail(input.error());
  // One answer that nobody can read does not take the meeting along.
  for (const std::string& id : input->names()) {
    const auto value = input->anything(id, k_stored_text);
    if (!value || value->isEmpty()) continue;
    if (auto answer = answer_of(*value)) answers.push_back({id, std::move(*answer)});
  }
  return answers;
}

Result<std::vector<std::string>> parse_texts(std::string_view json) {
  std::vector<std::string> texts;
  if (json == "[]") return texts;
  auto input = read_stored_items(json);
  if (!input) return fail(input.error());
  if (auto items = input->texts("items", 1000, k_stored_text)) texts = std::move(*items);
  return stored_as(*input, std::move(texts));
}

Result<std::vector<MailFailure>> parse_mail_failures(std::string_view json) {
  std::vector<MailFailure> failures;
  auto input = read_stored_items(json);
  if (!input) return fail(input.error());
  if (auto items = input->objects("items", 1000))
    for (crm::sdk::JsonInput& item : *items) {
      const auto text = [&](const char* name) { return item.text(name, k_stored_text).value_or(""); };
      failures.push_back(
          {text("recipient"), text("kind"), text("reply"), parse_instant(text("at")).value_or(Instant{})});
    }
  return stored_as(*input, std::move(failures));
}

Result<UtmValues> parse_utm(std::string_view json) {
  UtmValues values;
  if (json == "{}") return values;
  auto input = read_stored(json);
  if (!input) return fail(input.error());
  for (const std::string& name : input->names())
    if (auto text = input->text(name, k_stored_text)) values[name] = std::move(*text);
  return values;
}

}  // namespace scheduling
