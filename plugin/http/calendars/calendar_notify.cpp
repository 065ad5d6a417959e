#include "plugin/http/calendars/calendar_notify.hpp"

#include <algorithm>

#include "crm/sdk/json_input.hpp"
#include "crm/sdk/responses.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;
using crm::sdk::Request;
using crm::sdk::Response;

constexpr std::size_t k_validation_max = 1024;
constexpr std::size_t k_words_max = 1000;
constexpr std::size_t k_channel_max = 255;
constexpr crm::sdk::TextRule k_word{.min = 0, .max = 1024};

Response taken() {
  return {202, "text/plain; charset=utf-8", "", {{"Cache-Control", "no-store"}}};
}

std::string_view header_of(const Request& request, std::string_view name) {
  return request.header(name).value_or(std::string_view());
}

bool is_plain(std::string_view text) {
  return !text.empty() && text.size() <= k_validation_max &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7F; });
}

}  // namespace

Response CalendarNotify::receive(const Request& request) {
  const std::string_view provider = request.param("provider");
  if (provider == "google") return from_google(request);
  if (provider == "outlook") return from_outlook(request);
  return crm::sdk::not_found();
}

/// Everything stands in the headers; the body is empty. The first word of a channel says that it is open.
Response CalendarNotify::from_google(const Request& request) {
  const std::string_view channel = header_of(request, "X-Goog-Channel-ID");
  const bool is_news = header_of(request, "X-Goog-Resource-State") != "sync";
  if (is_news && !channel.empty() && channel.size() <= k_channel_max)
    push_.heard("google", channel, header_of(request, "X-Goog-Channel-Token"), CalendarPush::Word::changed);
  return taken();
}

/// While a subscription is made Graph asks whether we are here, and wants its own words back.
Response CalendarNotify::from_outlook(const Request& request) {
  if (const auto token = request.query_value("validationToken")) {
    if (!is_plain(*token))
      return crm::sdk::validation_failed("validationToken", "invalid_format",
                                         "Printable ASCII, at most 1,024 characters.");
    return {200, "text/plain; charset=utf-8", std::string(*token), {{"Cache-Control", "no-store"}}};
  }
  auto input = JsonInput::from_text(request.body);
  auto words = input ? input->objects("value", k_words_max) : std::nullopt;
  if (!words) return taken();
  for (JsonInput& word : *words) {
    const auto channel = word.text("subscriptionId", k_word);
    const auto secret = word.text("clientState", k_word);
    const auto event = word.text("lifecycleEvent", k_word);
    if (!channel || !secret || channel->size() > k_channel_max) continue;
    // Another subscription takes the place of one that Graph ended, or lets us into no longer.
    const bool is_over = event && (*event == "subscriptionRemoved" || *event == "reauthorizationRequired");
    push_.heard("outlook", *channel, *secret, is_over ? CalendarPush::Word::ended : CalendarPush::Word::changed);
  }
  return taken();
}

}  // namespace scheduling
