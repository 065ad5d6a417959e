#pragma once
#include "plugin/adapters/postgres/pg_availability_repository.hpp"
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"

namespace scheduling {

class PgMeetingRepository final : public MeetingRepository {
 public:
  explicit PgMeetingRepository(PgSession& session) : session_(session) {}
  Done lock_hosts(std::span<const UserId> hosts) override;
  Result<HostChanges> hosts_changed_since(const std::string& mark) override;
  Result<std::vector<HostCalendarRows>> load_calendar_rows(std::span<const UserId> hosts, TimeRange span) override;
  Result<std::optional<Meeting>> find(MeetingId id, Lock lock) override;
  Result<std::optional<LinkedMeeting>> find_by_token(const TokenHash& hash) override;
  Result<std::optional<LinkedMeeting>> find_by_token_for_update(const TokenHash& hash) override;
  Result<std::optional<SealedToken>> find_token(MeetingId chain) override;
  Done extend_token(MeetingId chain, Instant expires_at) override;
  Result<std::optional<RepeatedBooking>> find_booking_key(MeetingTypeId type, std::string_view key) override;
  Result<std::vector<CalendarUpdate>> calendar_changes(std::span<const HeldCalendar> calendars) override;
  Result<bool> change_status(const StatusChange& change) override;
  Result<bool> reassign(const Reassignment& reassignment) override;
  Result<std::vector<Meeting>> list(const MeetingFilter& filter, const std::optional<MeetingPosition>& after,
                                    int count) override;
  Result<std::vector<AttendeeName>> attendee_names(const std::vector<MeetingId>& ids) override;
  Result<std::vector<Successor>> successors(const std::vector<MeetingId>& ids) override;
  Result<int> complete_past(Instant now, int count) override;
  Result<std::vector<MeetingId>> overdue_pending_meetings(Instant now, int count) override;
  Result<std::vector<ContactMeeting>> of_contact(const ContactMeetingsQuery& wanted) override;
  Result<int> count_no_shows(ContactId contact, Instant before) override;
  Result<bool> meets_again(MeetingId meeting, Instant now) override;
  Done follow_contact(ContactId gone, ContactId stays, Instant now) override;

 private:
  PgSession& session_;
};

/// The meeting columns, in the order in which every query of sql/queries/meeting_repository returns them.
Result<Meeting> read_meeting(crm::sdk::RowReader& row);
/// A row of the query host_version.
Result<OfHost<HostVersion>> read_host_version(crm::sdk::RowReader& row);
/// The query calendar_changes, for whoever has more to ask in the same round trip.
crm::sdk::Ticket post_calendar_changes(PgSession& session, std::span<const HeldCalendar> calendars);
/// Its answer, in the order of `calendars`.
Result<std::vector<CalendarUpdate>> collect_calendar_changes(PgSession& session, crm::sdk::Ticket ticket,
                                                             std::span<const HeldCalendar> calendars);

}  // namespace scheduling
