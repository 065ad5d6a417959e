#pragma once
/// Bytes as they may stand in a URL or a form.
#include <string>
#include <string_view>

namespace scheduling {

inline constexpr char k_base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string base64url(std::string_view bytes);  ///< without padding
/// The bytes behind base64url(); empty for what it cannot have written.
std::string from_base64url(std::string_view text);

}  // namespace scheduling
