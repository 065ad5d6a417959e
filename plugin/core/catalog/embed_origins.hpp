#pragma once
/// The websites that may show a scheduling page inside a frame.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/error.hpp"

namespace scheduling {

using EmbedOrigins = std::vector<std::string>;

inline constexpr std::size_t k_embed_origins_max = 20;

/// An origin as browsers write it: "HTTPS://www.Bücher.example:443/" → "https://www.xn--bcher-kva.example". Empty for
/// what is none: another scheme, a path, a user name, a wildcard.
std::optional<std::string> parse_origin(std::string_view text);

/// Without repetitions, in the order they were given. Fields are named "embed_origins[0]", codes invalid_origin; too
/// many are `embed_origins` too_many.
EmbedOrigins checked_embed_origins(const EmbedOrigins& draft, FieldErrors& errors);

}  // namespace scheduling
