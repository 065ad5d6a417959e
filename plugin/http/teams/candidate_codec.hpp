#pragma once
/// Who could take a meeting over, as the list of candidates and a refused hand-over name them.
#include "plugin/json/json_text.hpp"
#include "plugin/services/teams/meeting_handover.hpp"

namespace scheduling {

inline void write_candidate(JsonText& out, const HandoverCandidate& one) {
  out.begin_object()
      .field("user_id", one.person.id)
      .field("name", one.person.name)
      .field("free", one.is_free)
      .field("reason", one.reason.empty() ? std::nullopt : std::optional(one.reason))
      .end_object();
}

}  // namespace scheduling
