#pragma once
/// What a prospect sends, as JSON or as a form.
#include "crm/sdk/http.hpp"
#include "crm/sdk/json_input.hpp"
#include "plugin/http/form_body.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

/// True for application/x-www-form-urlencoded.
bool is_form(const crm::sdk::Request& request);
/// True unless the caller asks for JSON and not for HTML: browsers and plain curl get pages.
bool wants_html(const crm::sdk::Request& request);

/// Where a form leads when it did what it should: 303; to a script of the page 201 with the address in Location, since
/// scripts are not told where a redirect leads.
crm::sdk::Response leading_to(std::string address, const crm::sdk::Request& request);

/// The error is the answer. Key and request id are taken from the headers; a form's own key gives way. `language`: for
/// mails, when the attendee names none.
crm::sdk::Expected<BookingCommand, crm::sdk::Response> decode_booking(const crm::sdk::Request& request,
                                                                      std::string language);
/// Name, address, phone, notes, language, answers and guests.
void read_attendee(crm::sdk::JsonInput& input, AttendeeDetailsDraft& attendee);
BookingCommand booking_from(const FormBody& form, const crm::sdk::Request& request, std::string language);

crm::sdk::Expected<RescheduleCommand, crm::sdk::Response> decode_move(const crm::sdk::Request& request);
RescheduleCommand move_from(const FormBody& form, const crm::sdk::Request& request);

/// {"reason"}, also from no body at all.
crm::sdk::Expected<std::optional<std::string>, crm::sdk::Response> decode_reason(const crm::sdk::Request& request);

/// A field of the form that people neither see nor hear of: programs that fill every form fill it.
inline constexpr const char* k_honeypot_field = "homepage";

}  // namespace scheduling
