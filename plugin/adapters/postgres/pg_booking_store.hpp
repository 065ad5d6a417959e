#pragma once
#include "plugin/adapters/pipelining/pipelined_crm.hpp"
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/booking_store.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"

namespace scheduling {

/// Each step sends all its statements before it reads the first result: libpq's pipeline makes one round trip of
/// them. PostgreSQL runs them in the order sent, so a statement behind the lock sees what the lock's former holder
/// committed; when one fails, those behind it are skipped and report the same failure.
class PgBookingStore final : public BookingStore {
 public:
  PgBookingStore(PgSession& session, MeetingRepository& meetings, PipelinedUserDirectory& users,
                 PipelinedRecordBook& records)
      : session_(session), meetings_(meetings), users_(users), records_(records) {}
  Result<OpenedBooking> open(std::span<const HeldCalendar> hosts, const AttendeeQuestions* attendee) override;
  Result<std::optional<Instant>> next_room(const UseQuestion& question, std::int64_t max, Instant now) override;
  Result<PreparedBooking> prepare(const ContactChoice& contact) override;
  Result<std::optional<MeetingId>> release(const StatusChange& old_half) override;
  Done commit(const NewMeeting& meeting, const std::optional<MeetingActivity>& activity) override;
  Result<bool> verify(const VerifiedMeeting& meeting, const MeetingActivity& activity) override;
  Done forget_uses(Instant before) override;

 private:
  Result<std::vector<LockedHost>> read_hosts(std::span<const HeldCalendar> hosts, crm::sdk::Ticket changes);
  /// Where the answers will be read.
  struct PostedQuestions {
    crm::sdk::Ticket history{};
    std::optional<crm::sdk::Ticket> uses{};
  };
  PostedQuestions ask(const AttendeeQuestions& attendee);
  Done read_answers(const AttendeeQuestions& attendee, const PostedQuestions& posted, OpenedBooking& opened);
  Result<std::optional<ContactId>> choose(const ContactChoice& contact);
  Result<MeetingId> read_id(crm::sdk::Ticket ticket);
  void post_insert(const NewMeeting& meeting);

  PgSession& session_;
  MeetingRepository& meetings_;
  PipelinedUserDirectory& users_;
  PipelinedRecordBook& records_;
};

}  // namespace scheduling
