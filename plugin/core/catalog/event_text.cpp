#include "plugin/core/catalog/event_text.hpp"

#include <array>

#include "plugin/core/catalog/placeholders.hpp"

namespace scheduling {
namespace {

constexpr std::array<std::string_view, 7> k_event_placeholders = {
    "attendee_name", "attendee_email", "host_name", "meeting_type", "page_name", "company_name", "location"};

}  // namespace

std::optional<std::string> unknown_placeholder(std::string_view text) {
  return unknown_placeholder(text, k_event_placeholders);
}

std::string render_event_text(std::string_view text, const EventFacts& facts) {
  const std::array<NamedFact, k_event_placeholders.size()> named = {{{"attendee_name", facts.attendee_name},
                                                                     {"attendee_email", facts.attendee_email},
                                                                     {"host_name", facts.host_name},
                                                                     {"meeting_type", facts.meeting_type},
                                                                     {"page_name", facts.page_name},
                                                                     {"company_name", facts.company_name},
                                                                     {"location", facts.location}}};
  return fill_placeholders(text, named);
}

std::string placeholder_list() {
  return placeholder_list(k_event_placeholders);
}

}  // namespace scheduling
