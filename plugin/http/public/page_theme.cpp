#include "plugin/http/public/page_theme.hpp"

#include "plugin/core/catalog/brand_colors.hpp"

namespace scheduling {

std::string theme_class(const MeetingType& type) {
  return "type-" + std::to_string(type.id.value);
}

std::string theme_css(const Branding& branding, const std::vector<MeetingType>& types) {
  std::string css;
  if (branding.color) {
    const BrandColors colors = brand_colors(*branding.color);
    css += ":root{--brand:" + colors.brand + ";--brand-ink:" + colors.ink + ";--brand-text:" + colors.text +
           ";--brand-soft:" + colors.soft + "}\n";
  }
  for (const MeetingType& type : types)
    if (type.content.color) css += "." + theme_class(type) + "{--type-color:" + *type.content.color + "}\n";
  return css;
}

}  // namespace scheduling
