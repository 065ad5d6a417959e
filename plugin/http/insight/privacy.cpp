#include "plugin/http/insight/privacy.hpp"

#include "crm/sdk/json_input.hpp"
#include "crm/sdk/responses.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;
using crm::sdk::Request;
using crm::sdk::Response;

constexpr crm::sdk::TextRule k_email{.min = 0, .max = 1000};

void write_erasure(JsonText& out, const Erasure& counts) {
  out.begin_object()
      .field("meetings", counts.meetings)
      .field("cancelled", counts.cancelled)
      .field("guest_of", counts.guest_of)
      .field("mails", counts.mails)
      .field("suggestions", counts.suggestions)
      .field("activities", counts.activities)
      .field("audit_entries", counts.audit_entries)
      .field("calendar_events", counts.calendar_events)
      .end_object();
}

}  // namespace

Response Privacy::erase(const Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return input.error();
  EraseCommand command;
  input->require("email");
  command.email = input->text("email", k_email).value_or("");
  if (const auto upcoming = input->text("upcoming", k_email)) {
    if (*upcoming != "keep" && *upcoming != "cancel") input->note("upcoming", "invalid_option", "keep or cancel");
    if (*upcoming == "cancel") command.upcoming = Upcoming::cancel;
  }
  if (auto refusal = input->refusal()) return *refusal;
  command.request_id = request.request_id;
  auto erased = service_.erase(actor_of(request), command);
  return erased ? one_answer(200, *erased, write_erasure) : to_response(erased.error(), log_, request);
}

Response Privacy::export_all(const Request& request) {
  const auto email = request.query_value("email");
  if (!email || email->empty()) return invalid_query("email", "required", "Whose data");
  auto document = service_.export_of(std::string(*email));
  if (!document) return to_response(document.error(), log_, request);
  return one_answer(200, *document, [&](JsonText& out, const std::string& data) {
    out.begin_object().field("email", *email);
    out.key("held").raw(data).end_object();
  });
}

}  // namespace scheduling
