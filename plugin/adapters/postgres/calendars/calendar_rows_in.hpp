#pragma once
/// Rows of calendar_repository's statements, read in the order that each names.
#include "crm/sdk/database.hpp"
#include "plugin/ports/storage/calendar_repository.hpp"

namespace scheduling {

Result<StoredTokens> read_tokens(crm::sdk::RowReader& row);
Result<CalendarConnection> read_connection(crm::sdk::RowReader& row);
/// NULLs are a connection of nobody.
Result<CalendarConnection> read_troubled(crm::sdk::RowReader& row);
Result<ConnectedCalendar> read_calendar(crm::sdk::RowReader& row);
Result<WrittenEvent> read_event(crm::sdk::RowReader& row);
MeetingInCalendar read_state(crm::sdk::RowReader& row);

}  // namespace scheduling
