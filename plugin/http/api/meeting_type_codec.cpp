#include "plugin/http/api/meeting_type_codec.hpp"

#include <algorithm>

#include "plugin/http/merge_fields.hpp"
#include "plugin/json/meeting_type_json.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;

/// Names of rules that are to be inherited again. Null does the same for all but `max_days_in_advance`, where it means
/// that there is no limit.
void read_inherited(JsonInput& input, MeetingTypeSettingsPatch& settings) {
  const auto names = input.texts("inherited_settings", 100, {.min = 1, .max = 64});
  if (!names) return;
  std::vector<std::string_view> unknown(names->begin(), names->end());
  for_each_setting(
      [&](std::string_view key, auto& change) {
        const std::string_view name = key.substr(0, key.find('.'));
        std::erase(unknown, name);
        if (std::ranges::find(*names, name) != names->end() && change.is_absent()) change = std::nullopt;
      },
      settings);
  if (!unknown.empty()) input.note("inherited_settings", "invalid_option", "There is no such rule");
}

MeetingTypePatch read_type(JsonInput& input) {
  MeetingTypePatch patch;
  input.ignore({"id"});
  read_field(input, "name", patch.name);
  read_field(input, "slug", patch.slug, {.min = 1, .max = 4096});
  read_field(input, "duration_minutes", patch.duration_minutes);
  read_field(input, "description", patch.description, k_text);
  read_field(input, "location_type", patch.location_type);
  read_field(input, "location_details", patch.location_details, k_text);
  read_field(input, "color", patch.color);
  read_field(input, "is_active", patch.is_active);
  read_field(input, "display_order", patch.display_order, 0);
  if (input.has("questions")) {
    note_null(input, "questions");
    if (auto items = input.objects("questions", k_questions_max)) patch.questions = read_questions(*items);
  }
  patch.settings = read_settings_field(input);
  read_inherited(input, patch.settings);
  if (const auto page = input.integer("scheduling_page_id", 1, k_int_max)) patch.page = PageId{*page};
  return patch;
}

}  // namespace

MeetingTypeSettingsPatch read_settings_field(JsonInput& input) {
  if (!input.has("settings")) return {};
  if (input.is_null("settings")) return clear_all_settings();
  auto settings = input.object("settings");
  return settings ? read_settings(*settings) : MeetingTypeSettingsPatch{};
}

crm::sdk::Expected<MeetingTypePatch, crm::sdk::Response> decode_meeting_type(const crm::sdk::Request& request,
                                                                             Verb verb) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  if (verb == Verb::create)
    for (const char* name : {"scheduling_page_id", "name", "duration_minutes"}) input->require(name);
  MeetingTypePatch patch = read_type(*input);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  return patch;
}

void write_meeting_type(JsonText& out, const MeetingType& type) {
  const MeetingTypeContent& content = type.content;
  std::optional<std::string_view> location;
  if (content.location_type) location = name_of(*content.location_type);
  out.begin_object()
      .field("id", type.id)
      .field("scheduling_page_id", type.page)
      .field("name", content.name)
      .field("slug", content.slug.text())
      .field("duration_minutes", std::int64_t{content.duration.count()})
      .field("description", content.description)
      .field("location_type", location)
      .field("location_details", content.location_details)
      .field("color", content.color)
      .field("is_active", content.is_active)
      .key("questions");
  write_questions(out, content.questions);
  out.key("settings");
  write_settings(out, content.settings);
  out.field("display_order", content.display_order).end_object();
}

}  // namespace scheduling
