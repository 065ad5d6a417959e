#pragma once
/// Writes a scheduling page's colours as a stylesheet, so that no html page needs inline style.
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/catalog/scheduling_page.hpp"

namespace scheduling {

/// Custom properties for public.css. Text on the brand colour, and the brand colour as text, are darkened
/// or lightened until they reach the contrast that WCAG 2.2 AA asks for (4.5 : 1).
std::string theme_css(const Branding& branding, const std::vector<MeetingType>& types);

/// The class under which theme_css() gives a type its colour: "type-12".
std::string theme_class(const MeetingType& type);

}  // namespace scheduling
