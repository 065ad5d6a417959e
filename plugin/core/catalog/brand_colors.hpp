#pragma once
/// A page's colour and what follows from it, so that every text on it and in it can be read. Contrast as WCAG 2.2
/// AA counts it: 4.5 : 1 for text, 3 : 1 for the shape of a button.
#include <string>
#include <string_view>

namespace scheduling {

/// Colours as "#rrggbb".
struct BrandColors {
  std::string brand;  ///< a button's ground; stands out from `ground`
  std::string ink;    ///< text on `brand`
  std::string text;   ///< the brand as text on `ground` and on `soft`
  std::string soft;   ///< a hint of the brand, for large areas
};

/// --paper of public.css in the dark; the ground of a page is darker still.
inline constexpr std::string_view k_dark_paper = "#1a2130";

/// On white: `brand` is the colour itself. `color` must be "#rrggbb".
BrandColors brand_colors(std::string_view color);
/// On a dark ground the brand is lightened as far as it takes.
BrandColors brand_colors_on(std::string_view dark_ground, std::string_view color);

/// 1 (the same) to 21 (black on white).
double contrast_of(std::string_view color, std::string_view other);

}  // namespace scheduling
