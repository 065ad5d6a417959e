#include "plugin/http/wording/calendar_links.hpp"

#include <algorithm>

#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/http/form_body.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_description_length_max = 1000;

/// "20250115T140000Z"
std::string compact(std::chrono::sys_seconds at) {
  std::string text = format_instant(at);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::string in_short(const std::string& description) {
  const std::string_view first = first_characters(description, k_description_length_max);
  return first.size() == description.size() ? description : std::string(first) + "…";
}

/// Outlook reads the description as HTML.
std::string as_html(const std::string& text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '\n': html += "<br>"; break;
      default: html += c;
    }
  }
  return html;
}

std::string outlook_link(const std::string& host, const CalendarEvent& event) {
  return url_with("https://" + host + "/calendar/0/deeplink/compose", {{"path", "/calendar/action/compose"},
                                                                       {"rru", "addevent"},
                                                                       {"subject", event.summary},
                                                                       {"startdt", format_instant(event.start)},
                                                                       {"enddt", format_instant(event.end)},
                                                                       {"body", as_html(in_short(event.description))},
                                                                       {"location", event.location}});
}

}  // namespace

CalendarLinks calendar_links(const CalendarEvent& event) {
  CalendarLinks links;
  links.google = url_with("https://calendar.google.com/calendar/render",
                          {{"action", "TEMPLATE"},
                           {"text", event.summary},
                           {"dates", compact(event.start) + "/" + compact(event.end)},
                           {"details", in_short(event.description)},
                           {"location", event.location}});
  links.outlook = outlook_link("outlook.live.com", event);
  links.office = outlook_link("outlook.office.com", event);
  return links;
}

}  // namespace scheduling
