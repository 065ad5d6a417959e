#pragma once
/// Meetings as JSON: the spec's columns, and what later migrations added.
#include <string>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/http/reader_clock.hpp"
#include "plugin/json/json_text.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"
#include "plugin/services/wording/public_links.hpp"

namespace scheduling {

/// For the host and admins: everything, with the names of what it refers to, and its times on the reader's clock.
void write_meeting(JsonText& out, const Meeting& meeting, const MeetingWords& words, const ReaderClock& clock);
/// For the host who follows a decision link without signing in: what a mail to them could say, nothing of the CRM's.
void write_asked_meeting(JsonText& out, const Meeting& meeting);
/// For the attendee: the spec's columns and their own words, without the marketing values. `contact_id` and
/// `calendar_event_id` are null whatever they are: the public learns nothing of the CRM's records (B-8).
void write_own_meeting(JsonText& out, const Meeting& meeting);
/// What the public may know of a page and of a type.
void write_public_page(JsonText& out, const SchedulingPage& page);
/// `invitation`: JSON of the key of that name; empty: without it.
void write_public_type(JsonText& out, const MeetingType& type, const std::string& invitation = {});

}  // namespace scheduling
