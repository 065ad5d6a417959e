#include "plugin/services/booking/meeting_approval.hpp"

namespace scheduling {
namespace {

Actor host_of(const ApprovalGrant& grant) {
  return {grant.host, false, {}};
}

bool was_declined(const Meeting& meeting) {
  return meeting.status == MeetingStatus::cancelled && meeting.cancellation &&
         meeting.cancellation->by == CancelledBy::host;
}

}  // namespace

Result<MeetingApproval::PendingMeeting> MeetingApproval::find(std::string_view token) {
  const auto grant = tokens_.open_grant(token);
  if (!grant) return fail(Code::not_found);
  return transactions_.reading([&](Transaction& transaction) -> Result<PendingMeeting> {
    auto details = load_hosted_meeting(transaction, grant->meeting, grant->host);
    if (!details) return fail(std::move(details.error()));
    if (clock_.now() >= details->meeting.time.end()) return fail(Code::token_expired);
    const Meeting& pending = details->meeting;
    const bool is_open =
        pending.status == MeetingStatus::pending && (!pending.confirm_by || clock_.now() < *pending.confirm_by);
    return PendingMeeting{std::move(*details), is_open};
  });
}

Done MeetingApproval::confirm(std::string_view token, std::string_view request_id) {
  const auto grant = tokens_.open_grant(token);
  if (!grant) return fail(Code::not_found);
  if (auto pending = find(token); !pending) return fail(std::move(pending.error()));
  auto confirmed = booking_.confirm(host_of(*grant), grant->meeting, request_id);
  if (!confirmed) return fail(std::move(confirmed.error()));
  return {};
}

Done MeetingApproval::decline(std::string_view token, std::optional<std::string> reason, std::string_view request_id) {
  const auto grant = tokens_.open_grant(token);
  if (!grant) return fail(Code::not_found);
  auto pending = find(token);
  if (!pending) return fail(std::move(pending.error()));
  if (was_declined(pending->details.meeting)) return {};
  auto declined = booking_.decline(host_of(*grant), grant->meeting, std::move(reason), request_id);
  if (!declined) return fail(std::move(declined.error()));
  return {};
}

}  // namespace scheduling
