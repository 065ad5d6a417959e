#include "plugin/services/booking/meeting_approval.hpp"

namespace scheduling {
namespace {

Actor host_of(const DecisionGrant& grant) {
  return {grant.host, false, {}};
}

bool was_declined(const Meeting& meeting) {
  return meeting.status == MeetingStatus::cancelled && meeting.cancellation &&
         meeting.cancellation->by == CancelledBy::host;
}

}  // namespace

Result<HostDecisions::Asked> HostDecisions::find(std::string_view token) {
  const auto grant = tokens_.open_grant(token);
  if (!grant) return fail(Code::not_found);
  return transactions_.reading([&](Transaction& transaction) -> Result<Asked> {
    auto meeting = transaction.meetings().find(grant->meeting, Lock::none);
    if (!meeting) return fail(std::move(meeting.error()));
    if (!*meeting || (*meeting)->host != grant->host) return fail(Code::not_found);
    auto sheet = load_sheet(transaction, std::move(**meeting));
    if (!sheet) return fail(std::move(sheet.error()));
    const Meeting& asked = sheet->meeting;
    const bool is_open =
        asked.status == MeetingStatus::pending && (!asked.confirm_by || clock_.now() < *asked.confirm_by);
    return Asked{std::move(*sheet), is_open};
  });
}

Done HostDecisions::confirm(std::string_view token, std::string_view request_id) {
  const auto grant = tokens_.open_grant(token);
  if (!grant) return fail(Code::not_found);
  auto confirmed = booking_.confirm(host_of(*grant), grant->meeting, request_id);
  if (!confirmed) return fail(std::move(confirmed.error()));
  return {};
}

Done HostDecisions::decline(std::string_view token, std::optional<std::string> reason, std::string_view request_id) {
  const auto grant = tokens_.open_grant(token);
  if (!grant) return fail(Code::not_found);
  auto asked = find(token);
  if (!asked) return fail(std::move(asked.error()));
  if (was_declined(asked->sheet.meeting)) return {};
  auto declined = booking_.decline(host_of(*grant), grant->meeting, std::move(reason), request_id);
  if (!declined) return fail(std::move(declined.error()));
  return {};
}

}  // namespace scheduling
