#include "plugin/http/public/page_theme.hpp"

#include "plugin/core/catalog/brand_colors.hpp"

namespace scheduling {

namespace {

std::string dark_css(std::string_view color) {
  const BrandColors dark = brand_colors_on(k_dark_paper, color);
  return "@media (prefers-color-scheme:dark){:root{--brand:" + dark.brand + ";--brand-ink:" + dark.ink +
         ";--brand-text:" + dark.text + ";--brand-soft:" + dark.soft + "}}\n";
}

}  // namespace

std::string theme_class(const MeetingType& type) {
  return "type-" + std::to_string(type.id.value);
}

std::string theme_css(const Branding& branding, const std::vector<MeetingType>& types) {
  std::string css;
  if (branding.color) {
    const BrandColors colors = brand_colors(*branding.color);
    css += ":root{--brand:" + colors.brand + ";--brand-ink:" + colors.ink + ";--brand-text:" + colors.text +
           ";--brand-soft:" + colors.soft + "}\n";
    css += dark_css(*branding.color);
  }
  for (const MeetingType& type : types)
    if (type.content.color) css += "." + theme_class(type) + "{--type-color:" + *type.content.color + "}\n";
  return css;
}

}  // namespace scheduling
