#pragma once
/// What the routes and jobs of the reference CRM work with. Everything is built once at start, outlives all routes
/// and jobs, and is shared by all threads.
#include "crm/sdk/mailer.hpp"
#include "crm/sdk/records.hpp"
#include "crm/sdk/services.hpp"
#include "reference_host/settings/options.hpp"

namespace crm::app {

class Accounts;
class Credentials;
class HookTable;
class AdjustableClock;
class JobRunner;
class PasswordHasher;
class PgDatabase;
class PgRecordBook;

struct CrmServices {
  PgDatabase& database;
  AdjustableClock& clock;
  sdk::Log& log;
  sdk::Secrets& secrets;  ///< SecretKey::secrets_for("host")
  const Options& options;
  HookTable& hooks;
  JobRunner& jobs;
  sdk::Mailer& mailer;
  PgRecordBook& records;
  PasswordHasher& hasher;
  Credentials& credentials;
  Accounts& accounts;
};

}  // namespace crm::app
