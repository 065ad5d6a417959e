#include "plugin/http/api/page_codec.hpp"

#include "crm/sdk/json_input.hpp"
#include "plugin/http/merge_fields.hpp"
#include "plugin/json/page_json.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;

void merge_page(JsonInput& input, PageDraft& draft) {
  input.ignore({"id", "user_id", "public_url", "created_at", "updated_at"});
  if (input.has("slug")) draft.slug = input.text("slug", {.min = 1, .max = 4096}).value_or("");
  merge(input, "name", draft.name);
  merge(input, "description", draft.description, k_text);
  merge(input, "is_active", draft.is_active);
  merge(input, "timezone", draft.timezone);
  merge(input, "assignment", draft.assignment);
  if (!input.has("branding")) return;
  if (input.is_null("branding")) {
    draft.branding = {};
  } else if (auto branding = input.object("branding")) {
    merge_branding(*branding, draft.branding);
  }
}

std::size_t count_members(JsonInput& input) {
  auto members = input.objects("members", 200);
  if (!members) return 0;
  for (JsonInput& member : *members) {
    member.require("user_id");
    member.integer("user_id", 1, k_int_max);
    member.integer("weight", 1, 1000);
    member.integer("priority", -1000, 1000);
    member.boolean("is_active");
  }
  return members->size();
}

}  // namespace

crm::sdk::Expected<PageChange, crm::sdk::Response> decode_page(const crm::sdk::Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  PageDraft probe;
  merge_page(*input, probe);
  const std::size_t members = count_members(*input);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  return PageChange{[input = *input](PageDraft& draft) mutable { merge_page(input, draft); }, members};
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
  out.field("assignment", name_of(content.assignment))
      .key("members")
      .begin_array()
      .end_array()
      .field("public_url", site_url + "/schedule/" + content.slug.text())
      .field("created_at", page.created_at)
      .field("updated_at", page.updated_at)
      .end_object();
}

}  // namespace scheduling
