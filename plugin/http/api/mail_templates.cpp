#include "plugin/http/api/mail_templates.hpp"

#include "crm/sdk/json_input.hpp"
#include "crm/sdk/responses.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"
#include "plugin/http/merge_fields.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;
using crm::sdk::Request;
using crm::sdk::Response;

enum class Texts { required, optional };

/// MeetingEvent and language from the address, the words from the body.
crm::sdk::Expected<MailTemplateDraft, Response> decode(const Request& request, Texts texts) {
  MailTemplateDraft draft{std::string(request.param("occasion")), std::string(request.param("language")), {}, {}};
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  if (texts == Texts::required)
    for (const char* name : {"subject", "body"}) input->require(name);
  input->ignore({"occasion", "language", "is_own"});
  merge(*input, "subject", draft.subject, k_text);
  merge(*input, "body", draft.body, k_text);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  return draft;
}

void write_template(JsonText& out, const MailTemplate& texts) {
  out.begin_object()
      .field("occasion", name_of(texts.meeting_event))
      .field("language", texts.language)
      .field("subject", texts.subject)
      .field("body", texts.body)
      .end_object();
}

}  // namespace

Response MailTemplateRoutes::list(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto templates = templates_.list(actor_of(request), PageId{*id});
  if (!templates) return to_response(templates.error(), log_, request);
  JsonText out;
  out.begin_object().key("data").begin_array();
  for (const MailTemplate& texts : *templates) write_template(out, texts);
  out.end_array().key("next_cursor").raw("null").key("occasions").begin_array();
  for (const MeetingEvent meeting_event : k_meeting_events)
    if (is_rewordable(meeting_event)) out.value(name_of(meeting_event));
  out.end_array().key("languages").begin_array();
  for (const std::string& language : templates_.languages()) out.value(language);
  out.end_array().key("placeholders").begin_array();
  for (const std::string_view name : k_mail_placeholders) out.value(name);
  out.end_array().end_object();
  return Response::json(200, out.take());
}

Response MailTemplateRoutes::save(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto draft = decode(request, Texts::required);
  if (!draft) return draft.error();
  auto saved = templates_.save(actor_of(request), PageId{*id}, *draft);
  return saved ? one_answer(200, *saved, write_template) : to_response(saved.error(), log_, request);
}

Response MailTemplateRoutes::remove(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  const MailTemplateDraft which{std::string(request.param("occasion")), std::string(request.param("language")), {}, {}};
  auto done = templates_.remove(actor_of(request), PageId{*id}, which);
  return done ? Response::no_content() : to_response(done.error(), log_, request);
}

Response MailTemplateRoutes::preview(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto draft = decode(request, Texts::optional);
  if (!draft) return draft.error();
  auto mail = templates_.preview(actor_of(request), PageId{*id}, *draft);
  if (!mail) return to_response(mail.error(), log_, request);
  return one_answer(200, *mail, [](JsonText& out, const Mail& shown) {
    out.begin_object()
        .field("subject", shown.subject.text())
        .field("text", shown.text)
        .field("html", shown.html)
        .end_object();
  });
}

/// What a mail server said is for the rep, who asked to try.
Response MailTemplateRoutes::refuse_sending(const Error& error, const Request& request) {
  if (error.fault != Fault::provider) return to_response(error, log_, request);
  return crm::sdk::refuse(502, "mail_refused", "The mail server did not take the message", error.detail);
}

Response MailTemplateRoutes::send_test(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto draft = decode(request, Texts::optional);
  if (!draft) return draft.error();
  auto sent = templates_.send_test(actor_of(request), PageId{*id}, *draft);
  if (!sent) return refuse_sending(sent.error(), request);
  return Response::json(200, R"({"data":{"status":"accepted"}})");
}

}  // namespace scheduling
