#include "plugin/services/insight/outcome_questions.hpp"

#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/outbox_repository.hpp"

namespace scheduling {
namespace {

constexpr std::chrono::hours k_link_age_max{30 * 24};

/// It names nobody: who hosts the meeting when the mail leaves is asked.
MeetingMail question() {
  MeetingMail mail;
  mail.event = MeetingEvent::outcome;
  mail.role = MailRole::host;
  return mail;
}

}  // namespace

Result<int> OutcomeQuestions::ask(int count) {
  const MeetingMail first = question();
  MeetingMail again = question();
  again.reminder_offset = k_question_again;
  return transactions_.in_transaction([&](Transaction& transaction) {
    return transaction.outbox().ask_outcomes({first}, {again}, clock_.now(), count);
  });
}

Result<MeetingDetails> OutcomeQuestions::find(std::string_view token) {
  const auto grant = tokens_.open_outcome_grant(token);
  if (!grant) return fail(Code::not_found);
  return transactions_.reading([&](Transaction& transaction) -> Result<MeetingDetails> {
    auto details = load_hosted_meeting(transaction, grant->meeting, grant->host);
    if (!details) return fail(std::move(details.error()));
    if (clock_.now() >= details->meeting.time.end() + k_link_age_max) return fail(Code::token_expired);
    return details;
  });
}

Done OutcomeQuestions::record(std::string_view token, MeetingStatus outcome, std::string_view request_id) {
  auto details = find(token);
  if (!details) return fail(std::move(details.error()));
  auto recorded = booking_.record_outcome({details->host.id, false, {}}, details->meeting.id, outcome, request_id);
  if (!recorded) return fail(std::move(recorded.error()));
  return {};
}

}  // namespace scheduling
