#include "plugin/http/api/meeting_type_codec.hpp"

#include "plugin/http/merge_fields.hpp"
#include "plugin/json/meeting_type_json.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;

void merge_type(JsonInput& input, MeetingTypeDraft& draft) {
  input.ignore({"id"});
  merge(input, "name", draft.name);
  if (input.has("slug")) draft.slug = input.text("slug", {.min = 1, .max = 4096}).value_or("");
  merge(input, "duration_minutes", draft.duration_minutes);
  merge(input, "description", draft.description, k_text);
  merge(input, "location_type", draft.location_type);
  merge(input, "location_details", draft.location_details, k_text);
  merge(input, "color", draft.color);
  merge(input, "is_active", draft.is_active);
  if (input.has("display_order")) {
    note_null(input, "display_order");
    draft.display_order = input.integer("display_order", 0, k_int_max).value_or(draft.display_order);
  }
  if (input.has("questions")) {
    note_null(input, "questions");
    if (auto items = input.objects("questions", k_questions_max)) draft.questions = read_questions(*items);
  }
  merge_settings_field(input, draft.settings);
}

}  // namespace

void merge_settings_field(JsonInput& input, MeetingTypeSettingsDraft& draft) {
  if (!input.has("settings")) return;
  if (input.is_null("settings")) {
    draft = {};
  } else if (auto settings = input.object("settings")) {
    merge_settings(*settings, draft);
  }
}

crm::sdk::Expected<MeetingTypeChange, crm::sdk::Response> decode_meeting_type(const crm::sdk::Request& request,
                                                                              Verb verb) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  if (verb == Verb::create)
    for (const char* name : {"scheduling_page_id", "name", "duration_minutes"}) input->require(name);
  MeetingTypeDraft probe;
  merge_type(*input, probe);
  const auto page = input->integer("scheduling_page_id", 1, k_int_max);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  return MeetingTypeChange{[input = *input](MeetingTypeDraft& draft) mutable { merge_type(input, draft); },
                           page ? std::optional(PageId{*page}) : std::nullopt};
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
