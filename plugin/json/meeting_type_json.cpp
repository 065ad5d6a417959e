#include "plugin/json/meeting_type_json.hpp"

#include <limits>

#include "plugin/json/stored_json.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;
using Numbers = std::vector<std::int64_t>;

/// The reader only keeps numbers representable; their bounds are the core's to judge.
constexpr std::int64_t k_number_min = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t k_number_max = std::numeric_limits<std::int32_t>::max();

void merge(JsonInput& input, std::string_view name, std::optional<std::int64_t>& slot) {
  if (input.has(name)) slot = input.integer(name, k_number_min, k_number_max);
}
void merge(JsonInput& input, std::string_view name, std::optional<bool>& slot) {
  if (input.has(name)) slot = input.boolean(name);
}
void merge(JsonInput& input, std::string_view name, std::optional<std::string>& slot,
           crm::sdk::TextRule rule = {.min = 0, .max = 64}) {
  if (input.has(name)) slot = input.text(name, rule);
}
void merge(JsonInput& input, std::string_view name, std::optional<Numbers>& slot) {
  if (input.has(name)) slot = input.integers(name, 100, k_number_min, k_number_max);
}

void merge_hours(JsonInput& input, std::optional<std::vector<HoursDraft>>& slot) {
  if (!input.has("available_hours")) return;
  slot.reset();
  auto items = input.objects("available_hours", 50);
  if (!items) return;
  slot.emplace();
  for (JsonInput& item : *items) {
    item.require("start_time");
    item.require("end_time");
    slot->push_back({item.text("start_time", {.min = 0, .max = 8}).value_or(""),
                     item.text("end_time", {.min = 0, .max = 8}).value_or("")});
  }
}

void merge_advance(JsonInput& input, std::optional<AdvanceMax>& slot) {
  constexpr std::string_view name = "max_days_in_advance";
  if (!input.has(name)) return;
  if (input.is_null(name)) {
    slot = AdvanceMax{};
  } else if (const auto days = input.integer(name, k_number_min, k_number_max)) {
    slot = AdvanceMax{days};
  }
}

/// `confirmation` and `event` have two texts each and are replaced whole.
void merge_pair(JsonInput& input, std::string_view name, std::string_view first, std::string_view second,
                std::optional<std::string>& first_slot, std::optional<std::string>& second_slot) {
  if (!input.has(name)) return;
  first_slot.reset();
  second_slot.reset();
  auto object = input.object(name);
  if (!object) return;
  merge(*object, first, first_slot, {.min = 0, .max = 20000, .multiline = true});
  merge(*object, second, second_slot, {.min = 0, .max = 20000, .multiline = true});
}

std::optional<std::int64_t> minutes_of(const std::optional<std::chrono::minutes>& value) {
  return value ? std::optional<std::int64_t>(value->count()) : std::nullopt;
}
std::optional<std::string> date_of(const std::optional<LocalDate>& date) {
  return date ? std::optional(date->text()) : std::nullopt;
}

void write_numbers(JsonText& out, std::string_view name, const std::optional<Numbers>& numbers) {
  if (!numbers) return;
  out.key(name).begin_array();
  for (const std::int64_t number : *numbers) out.value(number);
  out.end_array();
}

void write_hours(JsonText& out, const std::optional<DaySpans>& hours) {
  if (!hours) return;
  out.key("available_hours").begin_array();
  for (const LocalSpan& span : *hours)
    out.begin_object().field("start_time", span.start.text()).field("end_time", span.end.text()).end_object();
  out.end_array();
}

void write_pair(JsonText& out, std::string_view name, std::string_view first_name,
                const std::optional<std::string>& first, std::string_view second_name,
                const std::optional<std::string>& second) {
  if (!first && !second) return;
  out.key(name).begin_object().field_if(first_name, first).field_if(second_name, second).end_object();
}

std::optional<Numbers> days_of(const std::optional<std::bitset<7>>& days) {
  if (!days) return std::nullopt;
  Numbers numbers;
  for (std::size_t day = 0; day < 7; ++day)
    if (days->test(day)) numbers.push_back(static_cast<std::int64_t>(day));
  return numbers;
}

std::optional<Numbers> reminders_of(const MeetingTypeSettings& settings) {
  if (!settings.reminder_offsets) return std::nullopt;
  Numbers numbers;
  for (const auto offset : *settings.reminder_offsets) numbers.push_back(offset.count());
  return numbers;
}

template <class Enum>
std::optional<std::string_view> word_of(const std::optional<Enum>& value) {
  return value ? std::optional(name_of(*value)) : std::nullopt;
}

}  // namespace

void write_settings(JsonText& out, const MeetingTypeSettings& s) {
  out.begin_object()
      .field_if("slot_interval_minutes", minutes_of(s.interval))
      .field_if("align", word_of(s.align))
      .field_if("buffer_before_minutes", minutes_of(s.buffer_before))
      .field_if("buffer_after_minutes", minutes_of(s.buffer_after))
      .field_if("minimum_notice_minutes", minutes_of(s.notice_min));
  if (s.advance_max) out.field("max_days_in_advance", s.advance_max->days);
  out.field_if("bookable_from", date_of(s.bookable_from))
      .field_if("bookable_until", date_of(s.bookable_until))
      .field_if("daily_limit", s.daily_limit)
      .field_if("weekly_limit", s.weekly_limit);
  write_numbers(out, "available_days", days_of(s.days));
  write_hours(out, s.hours);
  out.field_if("cancel_notice_minutes", minutes_of(s.cancel_notice))
      .field_if("reschedule_notice_minutes", minutes_of(s.reschedule_notice));
  write_numbers(out, "reminder_offsets_minutes", reminders_of(s));
  write_pair(out, "confirmation", "message", s.confirmation_message, "redirect_url", s.confirmation_redirect_url);
  write_pair(out, "event", "title", s.event_title, "description", s.event_description);
  out.field_if("owner_first", word_of(s.owner_first))
      .field_if("reassign_on_reschedule", s.reassign_on_reschedule)
      .field_if("requires_confirmation", s.requires_confirmation);
  if (s.confirmation_window) out.field("confirmation_hours", std::int64_t{s.confirmation_window->count()});
  out.end_object();
}

void merge_settings(JsonInput& input, MeetingTypeSettingsDraft& draft) {
  merge(input, "slot_interval_minutes", draft.slot_interval_minutes);
  merge(input, "align", draft.align);
  merge(input, "buffer_before_minutes", draft.buffer_before_minutes);
  merge(input, "buffer_after_minutes", draft.buffer_after_minutes);
  merge(input, "minimum_notice_minutes", draft.minimum_notice_minutes);
  merge_advance(input, draft.max_days_in_advance);
  merge(input, "bookable_from", draft.bookable_from);
  merge(input, "bookable_until", draft.bookable_until);
  merge(input, "daily_limit", draft.daily_limit);
  merge(input, "weekly_limit", draft.weekly_limit);
  merge(input, "available_days", draft.available_days);
  merge_hours(input, draft.available_hours);
  merge(input, "cancel_notice_minutes", draft.cancel_notice_minutes);
  merge(input, "reschedule_notice_minutes", draft.reschedule_notice_minutes);
  merge(input, "reminder_offsets_minutes", draft.reminder_offsets_minutes);
  merge_pair(input, "confirmation", "message", "redirect_url", draft.confirmation_message,
             draft.confirmation_redirect_url);
  merge_pair(input, "event", "title", "description", draft.event_title, draft.event_description);
  merge(input, "owner_first", draft.owner_first);
  merge(input, "reassign_on_reschedule", draft.reassign_on_reschedule);
  merge(input, "requires_confirmation", draft.requires_confirmation);
  merge(input, "confirmation_hours", draft.confirmation_hours);
}

void write_questions(JsonText& out, const std::vector<Question>& questions) {
  out.begin_array();
  for (const Question& question : questions) {
    out.begin_object()
        .field("id", question.id)
        .field("label", question.label)
        .field("type", name_of(question.type))
        .field("required", question.required)
        .key("options")
        .begin_array();
    for (const std::string& option : question.options) out.value(option);
    out.end_array().end_object();
  }
  out.end_array();
}

std::vector<QuestionDraft> read_questions(std::vector<JsonInput>& items) {
  std::vector<QuestionDraft> questions;
  for (JsonInput& item : items) {
    item.require("id");
    item.require("label");
    item.require("type");
    QuestionDraft& question = questions.emplace_back();
    question.id = item.text("id").value_or("");
    question.label = item.text("label", {.min = 0, .max = 1000}).value_or("");
    question.type = item.text("type", {.min = 0, .max = 64}).value_or("");
    question.required = item.boolean("required").value_or(false);
    question.options =
        item.texts("options", k_options_max, {.min = 0, .max = 1000}).value_or(std::vector<std::string>{});
  }
  return questions;
}

Result<MeetingTypeSettingsDraft> parse_settings(std::string_view json) {
  MeetingTypeSettingsDraft draft;
  if (json == "{}") return draft;
  auto input = read_stored(json);
  if (!input) return fail(input.error());
  merge_settings(*input, draft);
  return stored_as(*input, std::move(draft));
}

Result<std::vector<QuestionDraft>> parse_questions(std::string_view json) {
  std::vector<QuestionDraft> questions;
  if (json == "[]") return questions;
  auto input = read_stored_items(json);
  if (!input) return fail(input.error());
  if (auto items = input->objects("items", k_questions_max)) questions = read_questions(*items);
  return stored_as(*input, std::move(questions));
}

}  // namespace scheduling
