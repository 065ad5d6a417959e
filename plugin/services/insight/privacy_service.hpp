#pragma once
/// Forgets people and tells them what is held on them.
///
/// After an erasure nothing of ours holds name, address, phone, notes, answers or reasons of the person: no table, no
/// queued mail, no activity; our events in calendars are written again. Meetings and figures stand. The CRM's own
/// record is the CRM's. Thread: any. Source: interface "Contacts, suggestions, privacy".
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/insight/privacy_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

enum class Upcoming { keep, cancel };

struct EraseCommand {
  std::string email{};  ///< as sent
  Upcoming upcoming = Upcoming::keep;
  std::string request_id{};
};

class PrivacyService {
 public:
  struct Parts {
    Transactions& transactions;
    MeetingBookingService& booking;
    const SettingsSource& settings;
    const Clock& clock;
    std::function<void()> send_waiting_mails;  ///< tries to send what is due, and returns
  };
  explicit PrivacyService(Parts parts) : parts_(std::move(parts)) {}

  /// For administrators. Errors: invalid_input naming `email`.
  Result<Erasure> erase(const Actor& admin, const EraseCommand& command);
  /// A JSON object. Errors: invalid_input naming `email`.
  Result<std::string> export_of(const std::string& email);
  /// Meetings that ended longer ago than the setting says forget their attendees and guests; gives how many chains, at
  /// most `count`.
  Result<int> erase_old(int count);

 private:
  Result<std::int64_t> cancel_upcoming(const Actor& admin, const SoughtAddress& address, const EraseCommand& command);

  Parts parts_;
};

}  // namespace scheduling
