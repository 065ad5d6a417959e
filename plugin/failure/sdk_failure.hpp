#pragma once
/// The one table between the SDK's failures and the module's errors, in both directions (ADR-0016).
///
/// Adapters call to_error() for what the CRM returns; hooks and jobs call to_failure() for what they return to the CRM.
#include "crm/sdk/outcome.hpp"
#include "plugin/core/result.hpp"

namespace scheduling {

/// Who does not respond when a failure says `unavailable` or `retry`.
enum class Peer : std::uint8_t {
  database,  ///< our PostgreSQL; the CRM's records and users are reached through the same session
  provider,  ///< a server of somebody else, such as the mail server
};

/// `conflict` carries the constraint's name in `detail`; `invalid` and `vetoed` name the field and keep the text, which
/// is for the user.
Error to_error(const crm::sdk::Failure& failure, Peer peer = Peer::database);

/// For hooks and jobs: the CRM tells `unavailable` (it will pass) from `broken` (somebody must look).
crm::sdk::Failure to_failure(const Error& error);

}  // namespace scheduling
