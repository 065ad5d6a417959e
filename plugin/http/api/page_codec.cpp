#include "plugin/http/api/page_codec.hpp"

#include "crm/sdk/json_input.hpp"
#include "plugin/core/catalog/brand_colors.hpp"
#include "plugin/http/merge_fields.hpp"
#include "plugin/json/page_json.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;

/// Null means none, as for other parts of a page.
std::optional<PageMembers> read_members(JsonInput& input) {
  if (!input.has("members")) return std::nullopt;
  if (input.is_null("members")) return PageMembers{};
  auto items = input.objects("members", k_members_max);
  if (!items) return PageMembers{};
  PageMembers members;
  for (JsonInput& item : *items) {
    item.require("user_id");
    PageMember& member = members.emplace_back();
    member.user = UserId{item.integer("user_id", 1, k_int_max).value_or(0)};
    member.weight = item.integer("weight", 1, k_weight_max).value_or(member.weight);
    member.priority = item.integer("priority", -k_priority_max, k_priority_max).value_or(member.priority);
    member.is_active = item.boolean("is_active").value_or(member.is_active);
  }
  return members;
}

std::optional<Rotation> read_rotation(JsonInput& input) {
  if (!input.has("rotation")) return std::nullopt;
  if (input.is_null("rotation")) return Rotation{};
  auto rotation = input.object("rotation");
  if (!rotation) return std::nullopt;
  return Rotation{rotation->boolean("owner_bookings_count").value_or(false)};
}

BrandingPatch read_branding_field(JsonInput& input) {
  if (!input.has("branding")) return {};
  if (input.is_null("branding")) return {std::nullopt, std::nullopt, std::nullopt, std::nullopt};
  auto branding = input.object("branding");
  return branding ? read_branding(*branding) : BrandingPatch{};
}

PagePrivacyPatch read_privacy_field(JsonInput& input) {
  if (!input.has("privacy")) return {};
  if (input.is_null("privacy")) return {std::nullopt, std::nullopt};
  auto privacy = input.object("privacy");
  return privacy ? read_privacy(*privacy) : PagePrivacyPatch{};
}

/// Null means none, as for other parts of a page.
std::optional<EmbedOrigins> read_embed_origins(JsonInput& input) {
  if (!input.has("embed_origins")) return std::nullopt;
  if (input.is_null("embed_origins")) return EmbedOrigins{};
  return input.texts("embed_origins", k_embed_origins_max, {.min = 0, .max = 2048});
}

PagePatch read_page(JsonInput& input) {
  PagePatch patch;
  input.ignore({"id", "public_url", "created_at", "updated_at"});
  if (input.has("user_id") && !input.is_null("user_id"))
    if (const auto owner = input.integer("user_id", 1, k_int_max)) patch.owner = UserId{*owner};
  read_field(input, "slug", patch.slug, {.min = 1, .max = 4096});
  read_field(input, "name", patch.name);
  read_field(input, "description", patch.description, k_text);
  read_field(input, "is_active", patch.is_active);
  read_field(input, "timezone", patch.timezone);
  read_field(input, "assignment", patch.assignment);
  patch.branding = read_branding_field(input);
  patch.privacy = read_privacy_field(input);
  patch.embed_origins = read_embed_origins(input);
  patch.members = read_members(input);
  patch.rotation = read_rotation(input);
  read_field(input, "show_hosts", patch.show_hosts);
  return patch;
}

void write_colors(JsonText& out, const BrandColors& colors) {
  out.field("brand", colors.brand).field("ink", colors.ink).field("text", colors.text).field("soft", colors.soft);
}

}  // namespace

crm::sdk::Expected<PagePatch, crm::sdk::Response> decode_page(const crm::sdk::Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  PagePatch patch = read_page(*input);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  return patch;
}

void write_brand_colors(JsonText& out, const std::string& color) {
  out.begin_object();
  write_colors(out, brand_colors(color));
  out.key("dark").begin_object();
  write_colors(out, brand_colors_on(k_dark_paper, color));
  out.end_object().end_object();
}

void write_page(JsonText& out, const SchedulingPage& page, const std::string& site_url) {
  const PageContent& content = page.content;
  out.begin_object()
      .field("id", page.id)
      .field("user_id", page.owner)
      .field("slug", content.slug.text())
      .field("name", content.name)
      .field("description", content.description)
      .field("is_active", content.is_active)
      .field("timezone", content.timezone.name())
      .key("branding");
  write_branding(out, content.branding);
  out.field("assignment", name_of(content.assignment)).key("members").begin_array();
  for (const PageMember& member : content.members)
    out.begin_object()
        .field("user_id", member.user)
        .field("weight", member.weight)
        .field("priority", member.priority)
        .field("is_active", member.is_active)
        .end_object();
  out.end_array()
      .key("rotation")
      .begin_object()
      .field("owner_bookings_count", content.rotation.owner_bookings_count)
      .end_object()
      .field("show_hosts", content.show_hosts)
      .key("privacy");
  write_privacy(out, content.privacy);
  out.key("embed_origins");
  write_embed_origins(out, content.embed_origins);
  out.field("public_url", site_url + "/schedule/" + content.slug.text())
      .field("created_at", page.created_at)
      .field("updated_at", page.updated_at)
      .end_object();
}

}  // namespace scheduling
