#include "plugin/adapters/crm/crm_settings.hpp"

#include "crm/sdk/json_input.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;

constexpr std::int64_t k_limit_max = 1000000;
constexpr std::int64_t k_form_seconds_max = 3600;
constexpr std::size_t k_blocked_max = 2000;
constexpr std::size_t k_networks_max = 100;

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

/// Texts of the providers' settings; an empty one keeps its default.
class ProviderTexts {
 public:
  explicit ProviderTexts(JsonInput& input) : input_(input) {}
  void read(const char* name, std::string& into) {
    constexpr crm::sdk::TextRule any{.min = 0, .max = 2000};
    if (auto text = input_.text(name, any); text && !text->empty()) into = std::move(*text);
  }
  void read_base(const char* name, std::string& into) {
    read(name, into);
    while (into.ends_with('/')) into.pop_back();
  }

 private:
  JsonInput& input_;
};

GoogleSettings google_in(JsonInput& input) {
  GoogleSettings google;
  ProviderTexts texts(input);
  texts.read("google_client_id", google.client_id);
  texts.read("google_client_secret", google.client_secret);
  texts.read("google_authorize_url", google.authorize_url);
  texts.read("google_token_url", google.token_url);
  texts.read("google_revoke_url", google.revoke_url);
  texts.read_base("google_api_url", google.api_url);
  return google;
}

OutlookSettings outlook_in(JsonInput& input) {
  OutlookSettings outlook;
  ProviderTexts texts(input);
  texts.read("outlook_client_id", outlook.client_id);
  texts.read("outlook_client_secret", outlook.client_secret);
  texts.read("outlook_authorize_url", outlook.authorize_url);
  texts.read("outlook_token_url", outlook.token_url);
  texts.read_base("outlook_api_url", outlook.api_url);
  return outlook;
}

ZoomSettings zoom_in(JsonInput& input) {
  ZoomSettings zoom;
  ProviderTexts texts(input);
  texts.read("zoom_client_id", zoom.client_id);
  texts.read("zoom_client_secret", zoom.client_secret);
  texts.read("zoom_account_id", zoom.account_id);
  texts.read("zoom_authorize_url", zoom.authorize_url);
  texts.read("zoom_token_url", zoom.token_url);
  texts.read_base("zoom_api_url", zoom.api_url);
  return zoom;
}

std::shared_ptr<const NetworkList> networks_in(JsonInput& input) {
  const auto listed = input.texts("allowed_private_networks", k_networks_max, {.min = 0, .max = 100});
  if (!listed) return std::make_shared<const NetworkList>();
  return std::make_shared<const NetworkList>(std::vector<std::string_view>(listed->begin(), listed->end()));
}

BrokenCalendarPolicy broken_calendars_in(JsonInput& input) {
  BrokenCalendarPolicy policy;
  if (const auto name = input.text("broken_calendar_policy"))
    policy.action = broken_calendar_action_of(*name).value_or(policy.action);
  if (const auto minutes = input.integer("calendar_stale_minutes", 1, 10080))
    policy.stale_after = std::chrono::minutes{*minutes};
  return policy;
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
  settings.outlook = outlook_in(*input);
  settings.zoom = zoom_in(*input);
  settings.allowed_networks = networks_in(*input);
  settings.broken_calendars = broken_calendars_in(*input);
  settings.limits = limits_in(*chosen, site_.has_default_limits());
  return settings;
}

}  // namespace scheduling
