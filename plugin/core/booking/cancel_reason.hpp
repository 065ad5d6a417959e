#pragma once
/// Why a meeting was cancelled: words that a person wrote, or a reason that the system knows by name.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

enum class CancelReasonKind : std::uint8_t {
  written,  ///< by the attendee or the host
  host_did_not_confirm_in_time,
};
std::string_view name_of(CancelReasonKind kind);
std::optional<CancelReasonKind> cancel_reason_kind_of(std::string_view name);

struct CancelReason {
  CancelReasonKind kind = CancelReasonKind::written;
  std::string text{};  ///< with `written`
  bool operator==(const CancelReason&) const = default;
};

/// None stays none: nobody has to give a reason.
std::optional<CancelReason> written_reason(std::optional<std::string> text);
/// The English text that the API and the database column `cancel_reason` have always held. Programs outside read it;
/// this program reads only what was `written`.
std::string published_text(const CancelReason& reason);

}  // namespace scheduling
