#include "plugin/http/invitations/invited.hpp"

#include "plugin/json/json_text.hpp"

namespace scheduling {
namespace {

void write_owner(JsonText& out, const Person& owner) {
  out.begin_object().field("name", owner.name).field("email", owner.email).end_object();
}

}  // namespace

std::optional<std::string> invite_in(const crm::sdk::Request& request) {
  const auto token = request.query_value(k_invite);
  return token ? std::optional(std::string(*token)) : std::nullopt;
}

std::optional<std::string> invite_in(const FormBody& form, const crm::sdk::Request& request) {
  return form.has(k_invite) ? std::optional(form.value(k_invite)) : invite_in(request);
}

FormBody with_invitee(const FormBody& values, const Invited& invited) {
  if (!invited.invitation) return values;
  FormBody::Fields fields = values.fields();
  if (!values.has("attendee_name")) fields.emplace_back("attendee_name", invited.invitation->name());
  if (!values.has("attendee_email")) fields.emplace_back("attendee_email", invited.invitation->email());
  return FormBody::of(std::move(fields));
}

View owner_away_view(const PublicTexts& texts, const Invited& invited, int wait_days) {
  const auto& owner = invited.times.unreachable;
  if (!owner) return {};
  MessageArgs args;
  args.text("name", owner->name).number("days", wait_days);
  View away;
  away.text("title", texts.text("owner_away_title", "name", owner->name))
      .text("text", texts.text("owner_away_text", args));
  return View().part("owner_away", std::move(away.text("email", owner->email)));
}

std::string invitation_json(const Invited& invited) {
  if (!invited.invitation) return {};
  JsonText out;
  out.begin_object().field("name", invited.invitation->name()).field("email", invited.invitation->email());
  out.field("expires_at", invited.invitation->expires_at).key("owner");
  if (invited.times.unreachable)
    write_owner(out, *invited.times.unreachable);
  else
    out.raw("null");
  return out.end_object().take();
}

std::string unreachable_json(const Invited& invited) {
  if (!invited.times.unreachable) return {};
  JsonText out;
  write_owner(out, *invited.times.unreachable);
  return "\"owner\":" + out.take();
}

}  // namespace scheduling
