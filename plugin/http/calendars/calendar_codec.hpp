#pragma once
/// Connections to calendars as JSON.
#include "crm/sdk/http.hpp"
#include "plugin/http/reader_clock.hpp"
#include "plugin/json/json_text.hpp"
#include "plugin/services/calendars/calendar_connections.hpp"

namespace scheduling {

/// `clock`: of whoever asks; browsers write no times of their own.
void write_connection(JsonText& out, const CalendarConnection& connection, const ReaderClock& clock);
/// The error is the answer: 400, 415 or 422.
crm::sdk::Expected<PasswordQuestion, crm::sdk::Response> decode_password_question(const crm::sdk::Request& request);
/// As above.
crm::sdk::Expected<ConnectionPatch, crm::sdk::Response> decode_connection_patch(const crm::sdk::Request& request);

}  // namespace scheduling
