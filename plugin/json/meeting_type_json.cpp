#include "plugin/json/meeting_type_json.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

#include "plugin/core/schedule/number_bounds.hpp"
#include "plugin/json/stored_json.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;
using Numbers = std::vector<std::int64_t>;

/// The reader only keeps numbers representable; their bounds are the core's to judge.
constexpr std::int64_t k_number_min = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t k_number_max = std::numeric_limits<std::int32_t>::max();

// One reader and one writer for each kind of value that a setting may have.

std::optional<std::int64_t> read(JsonInput& input, std::string_view name, std::type_identity<std::int64_t>) {
  return input.integer(name, k_number_min, k_number_max);
}
std::optional<bool> read(JsonInput& input, std::string_view name, std::type_identity<bool>) {
  return input.boolean(name);
}
std::optional<Numbers> read(JsonInput& input, std::string_view name, std::type_identity<Numbers>) {
  return input.integers(name, 100, k_number_min, k_number_max);
}
std::optional<AdvanceMax> read(JsonInput& input, std::string_view name, std::type_identity<AdvanceMax>) {
  if (input.is_null(name)) return AdvanceMax{};
  const auto days = input.integer(name, k_number_min, k_number_max);
  return days ? std::optional(AdvanceMax{days}) : std::nullopt;
}
std::optional<std::vector<HoursDraft>> read(JsonInput& input, std::string_view name,
                                            std::type_identity<std::vector<HoursDraft>>) {
  auto items = input.objects(name, 50);
  if (!items) return std::nullopt;
  std::vector<HoursDraft> hours;
  for (JsonInput& item : *items) {
    item.require("start_time");
    item.require("end_time");
    hours.push_back({item.text("start_time", {.min = 0, .max = 8}).value_or(""),
                     item.text("end_time", {.min = 0, .max = 8}).value_or("")});
  }
  return hours;
}

void write(JsonText& out, std::int64_t number) {
  out.value(number);
}
void write(JsonText& out, bool yes) {
  out.value(yes);
}
void write(JsonText& out, const std::string& text) {
  out.value(text);
}
void write(JsonText& out, const Numbers& numbers) {
  out.begin_array();
  for (const std::int64_t number : numbers) out.value(number);
  out.end_array();
}
void write(JsonText& out, const AdvanceMax& advance) {
  out.value(advance.days);
}
void write(JsonText& out, const std::vector<HoursDraft>& hours) {
  out.begin_array();
  for (const HoursDraft& span : hours)
    out.begin_object().field("start_time", span.start_time).field("end_time", span.end_time).end_object();
  out.end_array();
}

/// "confirmation.message" is the key `message` of the object `confirmation`; "align" is a key of `settings` itself.
struct SettingKey {
  explicit SettingKey(std::string_view key) {
    const std::size_t dot = key.find('.');
    if (dot != std::string_view::npos) group = key.substr(0, dot);
    name = dot == std::string_view::npos ? key : key.substr(dot + 1);
  }
  std::string_view group;
  std::string_view name;
};

class SettingsReader {
 public:
  explicit SettingsReader(JsonInput& settings) : settings_(settings) {}

  template <class T>
  void operator()(std::string_view key, Patch<T>& change) {
    const SettingKey setting(key);
    if constexpr (std::is_same_v<T, std::string>) {
      if (!setting.group.empty()) return read_of_group(setting, change);
      if (settings_.has(key)) change = settings_.text(key, {.min = 0, .max = 64});
    } else if constexpr (std::is_same_v<T, bool>) {
      if (!setting.group.empty()) return read_of_group(setting, change);
      if (settings_.has(key)) change = read(settings_, key, std::type_identity<T>{});
    } else {
      if (settings_.has(key)) change = read(settings_, key, std::type_identity<T>{});
    }
  }

 private:
  /// A group is replaced whole, so that a key which it does not have is cleared.
  template <class T>
  void read_of_group(const SettingKey& setting, Patch<T>& change) {
    if (!settings_.has(setting.group)) return;
    if (group_name_ != setting.group) {
      group_name_ = setting.group;
      group_ = settings_.object(setting.group);  // once for all its keys: it notes what is wrong
    }
    change = std::nullopt;
    if (!group_) return;
    if constexpr (std::is_same_v<T, bool>)
      change = group_->boolean(setting.name);
    else
      change = group_->text(setting.name, {.min = 0, .max = 20000, .multiline = true});
  }

  JsonInput& settings_;
  std::string_view group_name_{};
  std::optional<JsonInput> group_{};
};

class SettingsWriter {
 public:
  explicit SettingsWriter(JsonText& out) : out_(out) { out_.begin_object(); }

  template <class T>
  void operator()(std::string_view key, const std::optional<T>& value) {
    if (!value) return;
    const SettingKey setting(key);
    open_group(setting.group);
    out_.key(setting.name);
    write(out_, *value);
  }
  void end() {
    open_group({});
    out_.end_object();
  }

 private:
  /// The keys of a group stand together, so a group ends where another one or none begins.
  void open_group(std::string_view group) {
    if (group == group_) return;
    if (!group_.empty()) out_.end_object();
    if (!group.empty()) out_.key(group).begin_object();
    group_ = group;
  }

  JsonText& out_;
  std::string_view group_{};
};

}  // namespace

void write_settings(JsonText& out, const MeetingTypeSettings& settings) {
  const MeetingTypeSettingsDraft draft = to_draft(settings);
  SettingsWriter writer(out);
  for_each_setting(writer, draft);
  writer.end();
}

MeetingTypeSettingsPatch read_settings(JsonInput& input) {
  MeetingTypeSettingsPatch patch;
  for_each_setting(SettingsReader(input), patch);
  return patch;
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
  if (json == "{}") return MeetingTypeSettingsDraft{};
  auto input = read_stored(json);
  if (!input) return fail(input.error());
  const MeetingTypeSettingsPatch stored = read_settings(*input);
  MeetingTypeSettingsDraft draft = apply_patch({}, stored);
  // Stored while finer and coarser grids were allowed.
  if (auto& interval = draft.slot_interval_minutes)
    interval = std::clamp<std::int64_t>(*interval, k_interval_minutes.min, k_interval_minutes.max);
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
