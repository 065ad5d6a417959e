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
  Result<OpenedBooking> open(std::span<const UserId> hosts, std::optional<std::string_view> email) override;
  Result<PreparedBooking> prepare(const ContactChoice& contact) override;
  Result<std::optional<MeetingId>> release(const StatusChange& old_half) override;
  Done commit(const NewMeeting& meeting, const std::optional<MeetingActivity>& activity) override;

 private:
  Result<std::vector<LockedHost>> read_hosts(std::span<const UserId> hosts, crm::sdk::Ticket versions);
  Result<ContactId> choose(const ContactChoice& contact);
  Result<MeetingId> read_id(crm::sdk::Ticket ticket);
  void post_insert(const NewMeeting& meeting);

  PgSession& session_;
  MeetingRepository& meetings_;
  PipelinedUserDirectory& users_;
  PipelinedRecordBook& records_;
};

}  // namespace scheduling
