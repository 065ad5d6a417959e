#include "plugin/core/catalog/meeting_type.hpp"

#include <algorithm>
#include <array>

#include "plugin/core/catalog/text_limits.hpp"
#include "plugin/core/schedule/number_bounds.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/typed_text.hpp"
#include "plugin/core/text/web_values.hpp"

namespace scheduling {
namespace {

constexpr Bounds k_display_order{-1'000'000, 1'000'000};

std::optional<LocationType> check_location_type(FieldErrors& errors, const std::optional<std::string>& text) {
  if (!text || text->empty()) return std::nullopt;
  const auto type = location_type_of(*text);
  if (!type) {
    errors.add("location_type", "invalid_option", "Choose zoom, google_meet, teams, phone, in_person or custom.");
  }
  return type;
}

std::optional<std::string> check_color(FieldErrors& errors, const std::optional<std::string>& text) {
  if (!text || text->empty()) return std::nullopt;
  auto color = parse_color(typed_value(*text));
  if (!color) errors.add("color", "invalid_color", "Write the colour as #rrggbb.");
  return color;
}

}  // namespace

Result<MeetingTypeContent> MeetingTypeContent::make(const MeetingTypeDraft& draft) {
  FieldErrors errors;
  std::string name = check_text(errors, "name", draft.name, {.length_max = k_name_length_max, .required = true});
  const auto slug = Slug::parse(draft.slug);
  if (!slug) errors.add_all("", slug.error().fields);
  const std::chrono::minutes duration{
      check_bounds(errors, "duration_minutes", draft.duration_minutes, k_duration_minutes)};
  auto description = check_optional_text(errors, "description", draft.description,
                                         {.length_max = k_description_length_max, .lines = Lines::many});
  const auto location_type = check_location_type(errors, draft.location_type);
  const std::string place = typed_values(draft.location_details ? *draft.location_details : std::string_view{});
  auto location_details = check_optional_text(errors, "location_details", place,
                                              {.length_max = k_location_length_max, .lines = Lines::many});
  auto color = check_color(errors, draft.color);
  auto questions = check_questions(errors, draft.questions);
  auto settings = MeetingTypeSettings::checked(draft.settings, errors);
  const auto order = check_bounds(errors, "display_order", draft.display_order, k_display_order);
  if (!errors.empty()) return fail(std::move(errors).to_error());
  return MeetingTypeContent{std::move(name),
                            *slug,
                            duration,
                            std::move(description),
                            location_type,
                            std::move(location_details),
                            std::move(color),
                            draft.is_active,
                            std::move(questions),
                            std::move(settings),
                            static_cast<std::int32_t>(order)};
}

MeetingTypeDraft to_draft(const MeetingTypeContent& content) {
  MeetingTypeDraft draft;
  draft.name = content.name;
  draft.slug = content.slug.text();
  draft.duration_minutes = content.duration.count();
  draft.description = content.description;
  if (content.location_type) draft.location_type = std::string(name_of(*content.location_type));
  draft.location_details = content.location_details;
  draft.color = content.color;
  draft.is_active = content.is_active;
  draft.questions = to_drafts(content.questions);
  draft.settings = to_draft(content.settings);
  draft.display_order = content.display_order;
  return draft;
}

std::optional<Location> location_of(const MeetingTypeContent& content) {
  const LocationType kind = content.location_type.value_or(LocationType::custom);
  std::string details = content.location_details.value_or("");
  if (kind == LocationType::custom && details.empty()) return std::nullopt;
  return Location{kind, std::move(details), std::nullopt};
}

MeetingTypeDraft apply_patch(MeetingTypeDraft draft, const MeetingTypePatch& patch) {
  apply_field(draft.name, patch.name);
  apply_field(draft.slug, patch.slug);
  apply_field(draft.duration_minutes, patch.duration_minutes);
  apply_field(draft.description, patch.description);
  apply_field(draft.location_type, patch.location_type);
  apply_field(draft.location_details, patch.location_details);
  apply_field(draft.color, patch.color);
  apply_field(draft.is_active, patch.is_active);
  apply_field(draft.questions, patch.questions);
  draft.settings = apply_patch(std::move(draft.settings), patch.settings);
  apply_field(draft.display_order, patch.display_order);
  return draft;
}

}  // namespace scheduling
