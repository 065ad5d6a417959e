#pragma once
/// The CRM's contacts and users with the questions sent ahead of the reading.
///
/// Between adapters only; services never see it. adapters/postgres sends several questions at once, those to the CRM
/// among them, and pays one round trip for all of them; adapters/crm implements these. What was asked is read by the
/// ordinary call of the port: find() of that user, find_by_email() of that address.
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/crm/user_directory.hpp"

namespace scheduling {

class PipelinedRecordBook : public RecordBook {
 public:
  /// Sends the question, the lock on the address included. One address at a time.
  virtual void ask_by_email(std::string_view email) = 0;
};

class PipelinedUserDirectory : public UserDirectory {
 public:
  /// Sends the question; several users may be asked for before the first is read.
  virtual void ask(UserId id) = 0;
  /// The question of users_among(); the addresses are given again when it is read.
  virtual void ask_among(std::span<const std::string> emails) = 0;
};

}  // namespace scheduling
