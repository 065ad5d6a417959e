#include "reference_host/html_pages/local_time.hpp"

#include <cctz/time_zone.h>

namespace crm::app {

std::string local_time_text(sdk::Micros at, std::string_view zone) {
  cctz::time_zone rules;
  if (!cctz::load_time_zone(std::string(zone), &rules)) rules = cctz::utc_time_zone();
  return cctz::format("%a, %-d %b %Y, %H:%M %Z", std::chrono::floor<std::chrono::seconds>(at), rules);
}

}  // namespace crm::app
