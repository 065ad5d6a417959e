#include "plugin/core/booking/cancel_reason.hpp"

#include <utility>

namespace scheduling {

std::string_view name_of(CancelReasonKind kind) {
  switch (kind) {
    case CancelReasonKind::written: return "written";
    case CancelReasonKind::host_did_not_confirm_in_time: return "host_did_not_confirm_in_time";
  }
  return "written";
}

std::optional<CancelReasonKind> cancel_reason_kind_of(std::string_view name) {
  for (const CancelReasonKind kind : {CancelReasonKind::written, CancelReasonKind::host_did_not_confirm_in_time})
    if (name == name_of(kind)) return kind;
  return std::nullopt;
}

std::optional<CancelReason> written_reason(std::optional<std::string> text) {
  if (!text) return std::nullopt;
  return CancelReason{CancelReasonKind::written, std::move(*text)};
}

std::string published_text(const CancelReason& reason) {
  switch (reason.kind) {
    case CancelReasonKind::written: return reason.text;
    case CancelReasonKind::host_did_not_confirm_in_time: return "The host did not confirm in time.";
  }
  return reason.text;
}

}  // namespace scheduling
