#pragma once
/// What an admin may turn in the module's settings.
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "plugin/core/booking/admission.hpp"
#include "plugin/core/calendar/broken_calendar.hpp"
#include "plugin/core/network/network_list.hpp"

namespace scheduling {

/// How this CRM is known at Google, and where Google is.
struct GoogleSettings {
  std::string client_id{};
  std::string client_secret{};
  std::string authorize_url = "https://accounts.google.com/o/oauth2/v2/auth";
  std::string token_url = "https://oauth2.googleapis.com/token";
  std::string revoke_url = "https://oauth2.googleapis.com/revoke";
  std::string api_url = "https://www.googleapis.com/calendar/v3";
};

/// The same for Microsoft. `common` takes accounts of work, school and persons alike.
struct OutlookSettings {
  std::string client_id{};
  std::string client_secret{};
  std::string authorize_url = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize";
  std::string token_url = "https://login.microsoftonline.com/common/oauth2/v2.0/token";
  std::string api_url = "https://graph.microsoft.com/v1.0";
};

/// The same for Zoom. With an account id the CRM makes rooms for its users by itself; else each user connects.
struct ZoomSettings {
  std::string client_id{};
  std::string client_secret{};
  std::string account_id{};
  std::string authorize_url = "https://zoom.us/oauth/authorize";
  std::string token_url = "https://zoom.us/oauth/token";
  std::string api_url = "https://api.zoom.us/v2";
};

struct ModuleSettings {
  int manage_link_days = 30;                   ///< how long a manage link works after its meeting
  bool remind_hosts = false;                   ///< hosts get the reminders too
  std::chrono::seconds memory_while_away{60};  ///< how long free times are told without the database
  std::string organisation_timezone = "UTC";   ///< IANA name, as somebody typed it; figures count its days
  std::optional<int> retention_days{};         ///< after its end a meeting forgets its attendee; none: never
  GoogleSettings google{};
  OutlookSettings outlook{};
  ZoomSettings zoom{};
  /// Private networks in which users' CalDAV servers may be.
  std::shared_ptr<const NetworkList> allowed_networks = std::make_shared<const NetworkList>();
  BrokenCalendarPolicy broken_calendars{};
  AbuseLimits limits{};  ///< what the settings say, else the defaults where the CRM wants them
};

class SettingsSource {
 public:
  virtual ~SettingsSource() = default;
  /// As they are now; a change takes effect with the next call. Thread: any.
  virtual ModuleSettings current() const = 0;
};

}  // namespace scheduling
