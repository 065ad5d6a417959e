#pragma once
/// A public scheduling page.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "plugin/core/catalog/branding.hpp"
#include "plugin/core/catalog/embed_origins.hpp"
#include "plugin/core/catalog/page_member.hpp"
#include "plugin/core/catalog/page_privacy.hpp"
#include "plugin/core/catalog/slug.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/core/time/zone_id.hpp"

namespace scheduling {

enum class Assignment : std::uint8_t { personal, round_robin, collective };
std::string_view name_of(Assignment assignment);
std::optional<Assignment> assignment_of(std::string_view name);

/// What a team's turn counts beside its own bookings.
struct Rotation {
  bool owner_bookings_count = false;  ///< bookings that went to a contact's owner take part as if the turn had chosen
  friend bool operator==(const Rotation&, const Rotation&) = default;
};

/// As it comes from outside, absent fields already filled.
struct PageDraft {
  std::string slug;
  std::string name;
  std::optional<std::string> description;
  bool is_active = true;
  std::string timezone;
  Branding branding;
  std::string assignment = "personal";
  PagePrivacy privacy{};
  EmbedOrigins embed_origins{};
  PageMembers members{};
  Rotation rotation{};
  bool show_hosts = false;
};

/// What an update says; what it does not say stays as it is stored (or has its default, when a page is made).
struct PagePatch {
  std::optional<UserId> owner{};  ///< of a new page
  std::optional<std::string> slug{};
  std::optional<std::string> name{};
  Patch<std::string> description{};
  std::optional<bool> is_active{};
  std::optional<std::string> timezone{};
  BrandingPatch branding{};  ///< merged one level deep
  std::optional<std::string> assignment{};
  PagePrivacyPatch privacy{};                   ///< merged one level deep
  std::optional<EmbedOrigins> embed_origins{};  ///< replaced as a whole
  std::optional<PageMembers> members{};         ///< replaced as a whole
  std::optional<Rotation> rotation{};
  std::optional<bool> show_hosts{};
};

/// What a page's owner decides. Valid by construction.
struct PageContent {
  Slug slug;
  std::string name;
  std::optional<std::string> description;
  bool is_active = true;
  ZoneId timezone;
  Branding branding;
  Assignment assignment = Assignment::personal;
  PagePrivacy privacy{};
  EmbedOrigins embed_origins{};
  PageMembers members{};  ///< of a team page; a personal one has none
  Rotation rotation{};
  bool show_hosts = false;  ///< whether the public learns the names of a team's members

  bool is_team() const { return assignment != Assignment::personal; }
  /// All field errors at once: slug, name, description, timezone (form only), branding.*, assignment,
  /// privacy.*, embed_origins, members.
  static Result<PageContent> make(const PageDraft& draft);
};

PageDraft to_draft(const PageContent& content);
/// Looks at no rule: PageContent::make() checks what comes out.
PageDraft apply_patch(PageDraft draft, const PagePatch& patch);

struct SchedulingPage {
  PageId id;
  UserId owner;
  PageContent content;
  Instant created_at;
  Instant updated_at;
  std::optional<Instant> archived_at{};
};

}  // namespace scheduling
