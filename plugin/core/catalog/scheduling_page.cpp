#include "plugin/core/catalog/scheduling_page.hpp"

#include "plugin/core/catalog/text_limits.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/typed_text.hpp"

namespace scheduling {

std::string_view name_of(Assignment assignment) {
  switch (assignment) {
    case Assignment::personal: return "personal";
    case Assignment::round_robin: return "round_robin";
    case Assignment::collective: return "collective";
  }
  return "personal";
}

std::optional<Assignment> assignment_of(std::string_view name) {
  for (const Assignment each : {Assignment::personal, Assignment::round_robin, Assignment::collective}) {
    if (name == name_of(each)) return each;
  }
  return std::nullopt;
}

Result<PageContent> PageContent::make(const PageDraft& draft) {
  FieldErrors errors;
  const auto slug = Slug::parse(draft.slug);
  if (!slug) errors.add_all("", slug.error().fields);
  std::string name = check_text(errors, "name", draft.name, {.length_max = k_name_length_max, .required = true});
  auto description = check_optional_text(errors, "description", draft.description,
                                         {.length_max = k_description_length_max, .lines = Lines::many});
  const auto zone = ZoneId::parse(typed_value(draft.timezone));
  if (!zone) {
    errors.add("timezone", draft.timezone.empty() ? "required" : "invalid_timezone",
               "Choose a time zone such as America/New_York.");
  }
  Branding branding = Branding::checked(draft.branding, errors);
  const auto assignment = assignment_of(draft.assignment);
  if (!assignment) errors.add("assignment", "invalid_option", "Choose personal, round_robin or collective.");
  PagePrivacy privacy = PagePrivacy::checked(draft.privacy, errors);
  EmbedOrigins embed_origins = checked_embed_origins(draft.embed_origins, errors);
  PageMembers members = checked_members(draft.members, errors);
  if (assignment == Assignment::personal && !members.empty())
    errors.add("members", "not_available", "A personal page has no members");
  if (!errors.empty()) return fail(std::move(errors).to_error());
  return PageContent{.slug = *slug,
                     .name = std::move(name),
                     .description = std::move(description),
                     .is_active = draft.is_active,
                     .timezone = *zone,
                     .branding = std::move(branding),
                     .assignment = *assignment,
                     .privacy = std::move(privacy),
                     .embed_origins = std::move(embed_origins),
                     .members = std::move(members),
                     .rotation = draft.rotation,
                     .show_hosts = draft.show_hosts};
}

PageDraft to_draft(const PageContent& content) {
  return {content.slug.text(),
          content.name,
          content.description,
          content.is_active,
          content.timezone.name(),
          content.branding,
          std::string(name_of(content.assignment)),
          content.privacy,
          content.embed_origins,
          content.members,
          content.rotation,
          content.show_hosts};
}

PageDraft apply_patch(PageDraft draft, const PagePatch& patch) {
  apply_field(draft.slug, patch.slug);
  apply_field(draft.name, patch.name);
  apply_field(draft.description, patch.description);
  apply_field(draft.is_active, patch.is_active);
  apply_field(draft.timezone, patch.timezone);
  draft.branding = apply_patch(std::move(draft.branding), patch.branding);
  apply_field(draft.assignment, patch.assignment);
  draft.privacy = apply_patch(std::move(draft.privacy), patch.privacy);
  apply_field(draft.embed_origins, patch.embed_origins);
  // A page that becomes its owner's alone has no members any more.
  if (draft.assignment == name_of(Assignment::personal)) draft.members.clear();
  apply_field(draft.members, patch.members);
  apply_field(draft.rotation, patch.rotation);
  apply_field(draft.show_hosts, patch.show_hosts);
  return draft;
}

}  // namespace scheduling
