#include "plugin/adapters/crm/crm_settings.hpp"

#include "crm/sdk/json_input.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;

constexpr std::int64_t k_limit_max = 1000000;
constexpr std::int64_t k_form_seconds_max = 3600;
constexpr std::size_t k_blocked_max = 2000;

/// What somebody set holds always; a default only where the CRM wants limits that nobody set.
std::optional<std::int64_t> limit_in(JsonInput& chosen, const char* name, bool has_defaults, std::int64_t usual) {
  if (const auto limit = chosen.integer(name, 0, k_limit_max)) return limit;
  return has_defaults ? std::optional(usual) : std::nullopt;
}

AbuseLimits limits_in(JsonInput& chosen, bool has_defaults) {
  AbuseLimits limits;
  limits.bookings_per_network_max = limit_in(chosen, "bookings_per_network_max", has_defaults, 20);
  limits.open_meetings_per_email_max = limit_in(chosen, "open_meetings_per_email_max", has_defaults, 5);
  limits.guest_mails_per_network_max = limit_in(chosen, "guest_mails_per_network_max", has_defaults, 50);
  limits.first_mails_per_recipient_max = limit_in(chosen, "first_mails_per_recipient_max", has_defaults, 10);
  limits.guest_mails_per_page_hour_max = limit_in(chosen, "guest_mails_per_page_hour_max", has_defaults, 200);
  auto seconds = chosen.integer("form_seconds_min", 0, k_form_seconds_max);
  if (!seconds && has_defaults) seconds = 2;
  if (seconds.value_or(0) > 0) limits.form_time_min = std::chrono::seconds{*seconds};
  limits.has_honeypot = chosen.boolean("form_honeypot").value_or(has_defaults);
  if (const auto blocked = chosen.texts("blocked_senders", k_blocked_max, {.min = 0, .max = 1000}))
    limits.blocked_senders = std::make_shared<const BlockedSenders>(*blocked);
  return limits;
}

GoogleSettings google_in(JsonInput& input) {
  constexpr crm::sdk::TextRule any{.min = 0, .max = 2000};
  GoogleSettings google;
  const auto read = [&](const char* name, std::string& into) {
    if (auto text = input.text(name, any); text && !text->empty()) into = std::move(*text);
  };
  read("google_client_id", google.client_id);
  read("google_client_secret", google.client_secret);
  read("google_authorize_url", google.authorize_url);
  read("google_token_url", google.token_url);
  read("google_revoke_url", google.revoke_url);
  read("google_api_url", google.api_url);
  while (google.api_url.ends_with('/')) google.api_url.pop_back();
  return google;
}

}  // namespace

ModuleSettings CrmSettings::current() const {
  std::string json = settings_.json();
  std::string chosen = settings_.chosen_json();
  const std::lock_guard lock(mutex_);
  if (json == json_ && chosen == chosen_) return known_;
  known_ = read(json, chosen);
  json_ = std::move(json);
  chosen_ = std::move(chosen);
  return known_;
}

ModuleSettings CrmSettings::read(const std::string& json, const std::string& chosen_json) const {
  ModuleSettings settings;
  auto input = JsonInput::from_text(json);
  auto chosen = JsonInput::from_text(chosen_json);
  if (!input || !chosen) {
    log_.error("settings.unreadable", {{"what", (input ? chosen : input).error().message}});
    if (auto nothing = JsonInput::from_text("{}")) settings.limits = limits_in(*nothing, true);
    return settings;
  }
  // The host checked them against the manifest; what is missing keeps its default.
  if (const auto days = input->integer("manage_link_days", 1, 3650))
    settings.manage_link_days = static_cast<int>(*days);
  settings.remind_hosts = input->boolean("remind_hosts").value_or(settings.remind_hosts);
  if (const auto seconds = input->integer("memory_while_away_seconds", 0, 3600))
    settings.memory_while_away = std::chrono::seconds{*seconds};
  if (auto zone = input->text("organisation_timezone", {.min = 1, .max = 50}))
    settings.organisation_timezone = std::move(*zone);
  if (const auto days = input->integer("retention_days", 1, 36500)) settings.retention_days = static_cast<int>(*days);
  settings.google = google_in(*input);
  settings.limits = limits_in(*chosen, site_.has_default_limits());
  return settings;
}

}  // namespace scheduling
