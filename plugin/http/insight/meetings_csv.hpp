#pragma once
/// The meetings of a list as a table for spreadsheets.
#include "plugin/core/booking/meeting.hpp"
#include "plugin/http/insight/csv_text.hpp"
#include "plugin/services/meeting/meeting_words.hpp"

namespace scheduling {

void add_meeting_names(CsvText& out);
void add_meeting_row(CsvText& out, const Meeting& meeting, const MeetingWords& words);

}  // namespace scheduling
