#include "plugin/json/page_json.hpp"

#include "plugin/json/stored_json.hpp"

namespace scheduling {

void write_branding(JsonText& out, const Branding& branding) {
  out.begin_object()
      .field_if("color", branding.color)
      .field_if("logo_url", branding.logo_url)
      .field_if("company_name", branding.company_name)
      .field_if("website_url", branding.website_url)
      .end_object();
}

BrandingPatch read_branding(crm::sdk::JsonInput& input) {
  BrandingPatch patch;
  if (input.has("color")) patch.color = input.text("color");
  if (input.has("logo_url")) patch.logo_url = input.text("logo_url", {.min = 0, .max = 2048});
  if (input.has("company_name")) patch.company_name = input.text("company_name");
  if (input.has("website_url")) patch.website_url = input.text("website_url", {.min = 0, .max = 2048});
  return patch;
}

void write_privacy(JsonText& out, const PagePrivacy& privacy) {
  out.begin_object().field("text", privacy.text).field("url", privacy.url).end_object();
}

PagePrivacyPatch read_privacy(crm::sdk::JsonInput& input) {
  PagePrivacyPatch patch;
  if (input.has("text")) patch.text = input.text("text", {.min = 0, .max = 10000, .multiline = true});
  if (input.has("url")) patch.url = input.text("url", {.min = 0, .max = 2048});
  return patch;
}

void write_embed_origins(JsonText& out, const EmbedOrigins& origins) {
  out.begin_array();
  for (const std::string& origin : origins) out.value(origin);
  out.end_array();
}

Result<EmbedOrigins> parse_embed_origins(std::string_view json) {
  if (json == "[]") return EmbedOrigins{};
  auto input = read_stored_items(json);
  if (!input) return fail(input.error());
  auto origins = input->texts("items", k_embed_origins_max, {.min = 0, .max = 2048});
  return stored_as(*input, std::move(origins).value_or(EmbedOrigins{}));
}

Result<Branding> parse_branding(std::string_view json) {
  if (json == "{}") return Branding{};
  auto input = read_stored(json);
  if (!input) return fail(input.error());
  const BrandingPatch stored = read_branding(*input);
  return stored_as(*input, apply_patch({}, stored));
}

}  // namespace scheduling
