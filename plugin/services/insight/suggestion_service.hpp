#pragma once
/// What forms and changed records suggest, and what people make of it.
///
/// Whoever may see the contact in the CRM sees its suggestions and answers them; each is answered once.
/// Thread: any. Source: behaviour B-7, interface "Contacts, suggestions, privacy".
#include <cstdint>
#include <string_view>
#include <vector>

#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/insight/suggestion_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/booking/booking_parts.hpp"
#include "plugin/services/teams/meeting_handover.hpp"

namespace scheduling {

class SuggestionService {
 public:
  explicit SuggestionService(const BookingParts& parts)
      : transactions_(parts.transactions), clock_(parts.clock), handover_(parts) {}

  /// The latest first, those with an id below `before`; what the actor may not see is left out.
  Result<std::vector<Suggestion>> list(const Actor& actor, const SuggestionFilter& filter, std::int64_t before,
                                       int count);
  /// The open ones of a contact that the reader sees anyway, inside a transaction of the CRM.
  static Result<std::vector<Suggestion>> open_of(Transaction& transaction, ContactId contact, int count);

  /// Writes the value into the record, or moves the upcoming meeting's mails, or its host.
  /// Errors: not_found; conflict when it was answered before or the meeting is over; slot_taken when the contact's
  /// owner is not free.
  Result<Suggestion> accept(const Actor& actor, std::int64_t id, std::string_view request_id);
  /// Who could host the meeting that a `reassign` is about instead of its contact's owner.
  Result<std::vector<HandoverCandidate>> candidates(const Actor& actor, std::int64_t id);
  Result<Suggestion> dismiss(const Actor& actor, std::int64_t id, std::string_view request_id);

 private:
  Result<Suggestion> find_open(Transaction& transaction, const Actor& actor, std::int64_t id) const;
  Result<Suggestion> answered(Transaction& transaction, const Actor& actor, Suggestion suggestion,
                              SuggestionStatus status, std::string_view request_id) const;
  Done apply(Transaction& transaction, const Actor& actor, const Suggestion& suggestion) const;
  Done move_mails(Transaction& transaction, const Actor& actor, const Suggestion& suggestion) const;
  Result<Suggestion> accept_reassign(const Actor& actor, const Suggestion& suggestion, std::string_view request_id);

  Transactions& transactions_;
  const Clock& clock_;
  MeetingHandover handover_;
};

}  // namespace scheduling
