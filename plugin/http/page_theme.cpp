#include "plugin/http/page_theme.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace scheduling {
namespace {

using Rgb = std::array<double, 3>;  // 0..1

constexpr Rgb k_white{1, 1, 1};
constexpr double k_contrast_min = 4.5;

Rgb read_color(std::string_view hex) {
  Rgb color{};
  for (std::size_t i = 0; i < 3; ++i) {
    int value = 0;
    std::from_chars(hex.data() + 1 + 2 * i, hex.data() + 3 + 2 * i, value, 16);
    color[i] = value / 255.0;
  }
  return color;
}

std::string write_color(const Rgb& color) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "#";
  for (const double part : color) {
    const auto value = static_cast<unsigned>(std::lround(part * 255));
    out += digits[value >> 4];
    out += digits[value & 15];
  }
  return out;
}

double luminance(const Rgb& color) {
  const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2]);
}

double contrast(const Rgb& a, const Rgb& b) {
  const double x = luminance(a) + 0.05;
  const double y = luminance(b) + 0.05;
  return x > y ? x / y : y / x;
}

Rgb mixed(const Rgb& a, const Rgb& b, double share_of_b) {
  Rgb out{};
  for (std::size_t i = 0; i < 3; ++i) out[i] = a[i] + (b[i] - a[i]) * share_of_b;
  return out;
}

/// `color`, darkened until it can be read on `ground`.
Rgb readable_on(const Rgb& ground, Rgb color) {
  for (int step = 0; step < 40 && contrast(color, ground) < k_contrast_min; ++step) color = mixed(color, Rgb{}, 0.08);
  return color;
}

std::string properties_of(const Rgb& brand) {
  constexpr Rgb dark{0.06, 0.08, 0.13};
  const Rgb ink = contrast(k_white, brand) >= contrast(dark, brand) ? k_white : dark;
  const Rgb soft = mixed(brand, k_white, 0.89);
  return ":root{--brand:" + write_color(brand) + ";--brand-ink:" + write_color(ink) + ";--brand-text:" +
         write_color(readable_on(soft, brand)) + ";--brand-soft:" + write_color(soft) + "}\n";
}

}  // namespace

std::string theme_class(const MeetingType& type) { return "type-" + std::to_string(type.id.value); }

std::string theme_css(const Branding& branding, const std::vector<MeetingType>& types) {
  std::string css;
  if (branding.color) css += properties_of(read_color(*branding.color));
  for (const MeetingType& type : types)
    if (type.content.color) css += "." + theme_class(type) + "{--type-color:" + *type.content.color + "}\n";
  return css;
}

}  // namespace scheduling
