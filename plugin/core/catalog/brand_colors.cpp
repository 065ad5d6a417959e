#include "plugin/core/catalog/brand_colors.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace scheduling {
namespace {

using Rgb = std::array<double, 3>;  // 0..1

constexpr Rgb k_white{1, 1, 1};
constexpr Rgb k_black{0, 0, 0};
constexpr double k_text_contrast_min = 4.5;
constexpr double k_shape_contrast_min = 3;

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

/// `color`, moved towards `end` until it stands out from `ground`.
Rgb standing_out(const Rgb& ground, Rgb color, const Rgb& end, double contrast_min) {
  for (int step = 0; step < 40 && contrast(color, ground) < contrast_min; ++step) color = mixed(color, end, 0.08);
  return color;
}

/// White or near-black, whichever reads better; black itself where neither is enough.
Rgb ink_on(const Rgb& brand) {
  constexpr Rgb dark{0.06, 0.08, 0.13};
  const Rgb ink = contrast(k_white, brand) >= contrast(dark, brand) ? k_white : dark;
  return contrast(ink, brand) >= k_text_contrast_min ? ink : k_black;
}

BrandColors written(const Rgb& brand, const Rgb& text, const Rgb& soft) {
  return {write_color(brand), write_color(ink_on(brand)), write_color(text), write_color(soft)};
}

}  // namespace

BrandColors brand_colors(std::string_view color) {
  const Rgb brand = read_color(color);
  const Rgb soft = mixed(brand, k_white, 0.89);
  return written(brand, standing_out(soft, brand, k_black, k_text_contrast_min), soft);
}

BrandColors brand_colors_on(std::string_view dark_ground, std::string_view color) {
  const Rgb ground = read_color(dark_ground);
  const Rgb brand = read_color(color);
  const Rgb soft = mixed(brand, ground, 0.82);
  // The lighter of the two grounds is the harder one for light text.
  const Rgb hardest = luminance(soft) > luminance(ground) ? soft : ground;
  return written(standing_out(ground, brand, k_white, k_shape_contrast_min),
                 standing_out(hardest, brand, k_white, k_text_contrast_min), soft);
}

double contrast_of(std::string_view color, std::string_view other) {
  return contrast(read_color(color), read_color(other));
}

}  // namespace scheduling
