#pragma once
/// A kind of meeting that a page offers.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/catalog/meeting_type_settings.hpp"
#include "plugin/core/catalog/question.hpp"
#include "plugin/core/catalog/slug.hpp"
#include "plugin/core/conferencing/location.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

struct MeetingTypeDraft {
  std::string name;
  std::string slug;
  std::int64_t duration_minutes = 30;
  std::optional<std::string> description;
  std::optional<std::string> location_type;
  std::optional<std::string> location_details;
  std::optional<std::string> color;
  bool is_active = true;
  std::vector<QuestionDraft> questions;
  MeetingTypeSettingsDraft settings;
  std::int64_t display_order = 0;
};

/// What an update says; what it does not say stays as it is stored (or has its default, when a type is made).
struct MeetingTypePatch {
  std::optional<PageId> page{};  ///< required to make a type; a type stays on its page
  std::optional<std::string> name{};
  std::optional<std::string> slug{};
  std::optional<std::int64_t> duration_minutes{};
  Patch<std::string> description{};
  Patch<std::string> location_type{};
  Patch<std::string> location_details{};
  Patch<std::string> color{};
  std::optional<bool> is_active{};
  std::optional<std::vector<QuestionDraft>> questions{};  ///< replaces the whole list
  MeetingTypeSettingsPatch settings{};                    ///< merged one level deep
  std::optional<std::int64_t> display_order{};
};

struct MeetingTypeContent {
  std::string name;
  Slug slug;
  std::chrono::minutes duration{30};
  std::optional<std::string> description;
  std::optional<LocationType> location_type;
  std::optional<std::string> location_details;
  std::optional<std::string> color;
  bool is_active = true;
  std::vector<Question> questions;
  MeetingTypeSettings settings;
  std::int32_t display_order = 0;

  /// All field errors at once.
  static Result<MeetingTypeContent> make(const MeetingTypeDraft& draft);
};

MeetingTypeDraft to_draft(const MeetingTypeContent& content);
/// Where a meeting that is booked now takes place; none when the type does not say.
std::optional<Location> location_of(const MeetingTypeContent& content);
/// Looks at no rule: MeetingTypeContent::make() checks what comes out.
MeetingTypeDraft apply_patch(MeetingTypeDraft draft, const MeetingTypePatch& patch);

struct MeetingType {
  MeetingTypeId id;
  PageId page;
  MeetingTypeContent content;
  std::optional<Instant> archived_at{};
};

}  // namespace scheduling
