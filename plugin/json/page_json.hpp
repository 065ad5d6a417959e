#pragma once
/// `branding`, `privacy` and `embed_origins` as JSON: in requests and answers; all but `privacy` also in the columns of
/// these names.
#include <string>

#include "crm/sdk/json_input.hpp"
#include "plugin/core/catalog/branding.hpp"
#include "plugin/core/catalog/embed_origins.hpp"
#include "plugin/core/catalog/page_privacy.hpp"
#include "plugin/core/result.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {

void write_branding(JsonText& out, const Branding& branding);
/// What the object says: absent keys stay, null clears. Wrong types are noted in `input`.
BrandingPatch read_branding(crm::sdk::JsonInput& input);
/// `privacy`: both keys are always there.
void write_privacy(JsonText& out, const PagePrivacy& privacy);
PagePrivacyPatch read_privacy(crm::sdk::JsonInput& input);
void write_embed_origins(JsonText& out, const EmbedOrigins& origins);
Result<EmbedOrigins> parse_embed_origins(std::string_view json);
/// From the column. `broken` when it is not ours.
Result<Branding> parse_branding(std::string_view json);

}  // namespace scheduling
