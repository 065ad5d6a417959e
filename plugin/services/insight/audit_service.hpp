#pragma once
/// Who changed what, for administrators.
/// Thread: any. Source: interface "Contacts, suggestions, privacy".
#include <map>
#include <string>
#include <vector>

#include "plugin/ports/insight/audit_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

struct AuditPage {
  std::vector<LoggedChange> changes{};
  std::map<UserId, std::string> names{};  ///< of the users they name; who is gone is left out
};

class AuditService {
 public:
  explicit AuditService(Transactions& transactions) : transactions_(transactions) {}
  /// The latest first, those with an id below `before`.
  Result<AuditPage> list(const AuditFilter& filter, std::int64_t before, int count);

 private:
  Transactions& transactions_;
};

}  // namespace scheduling
