#pragma once
/// Mails with which people choose a password. They wait in the database and leave from a job, so that no request
/// takes longer because somebody has an address, and so that they wait visibly while there is no mail server.
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/jobs.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

constexpr const char* k_account_mail_job = "SendAccountMailsJob";
constexpr int k_forgotten_mails_max = 5;  ///< reset mails to one user within an hour, whoever asks

enum class AccountMailKind : std::uint8_t {
  invitation,  ///< an admin invites
  reset,       ///< an admin resets
  forgotten,   ///< somebody says they forgot the password of this address, which perhaps nobody has
};

/// Asking again while one waits changes nothing; one that failed for good is tried again. Call it where the reason for
/// the mail is committed, and nudge k_account_mail_job after the commit.
sdk::Done queue_account_mail(sdk::Session& session, std::string_view email, AccountMailKind kind, sdk::Micros now);

/// Sends what is due. A link is made in the transaction that ends with its mail, so it is never live without one.
sdk::Outcome<sdk::JobReport> send_account_mails(CrmServices& crm, const std::stop_token& stop);

/// A mail that has not left.
struct WaitingMail {
  std::string email_key;
  bool is_invitation = false;
  sdk::Micros since{};
  std::string last_error;  ///< the mail server's words; empty: not tried yet
};
/// Of those that an admin asked for; oldest first.
sdk::Outcome<std::vector<WaitingMail>> waiting_account_mails(sdk::Session& session);

/// What was asked for at the log-in page and could not leave within an hour is of no use any more.
sdk::Done purge_account_mails(sdk::Session& session, sdk::Micros now);

}  // namespace crm::app
