#pragma once
/// Compares upcoming meetings with the zone rules now in use. A meeting keeps its instant; where a clock will
/// show another time than was agreed, the meeting says so, and no longer once the rules are changed back.
///
/// Thread: any. Safe to run twice and on several instances. Source: behaviour B-1.
#include <stop_token>

#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/storage/zone_rule_repository.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

class ZoneRuleCheck {
 public:
  ZoneRuleCheck(Transactions& transactions, const ZoneSource& zones, const Clock& clock)
      : transactions_(transactions), zones_(zones), clock_(clock) {}

  struct Report {
    int compared = 0;
    int changed = 0;  ///< meetings whose note came, changed or went
  };
  /// Does nothing when rules as new have seen all meetings within a day, or newer ones ever have: an instance with
  /// older data does not undo what one with newer data found. Stops between batches; the next run begins anew then.
  Result<Report> run(const std::stop_token& stop);

 private:
  Result<bool> is_due();
  Result<std::vector<UpcomingMeeting>> next_batch(const MeetingPosition& after);
  std::vector<UpcomingMeeting> with_news(const std::vector<UpcomingMeeting>& batch) const;
  Result<int> note(const std::vector<UpcomingMeeting>& news);

  Transactions& transactions_;
  const ZoneSource& zones_;
  const Clock& clock_;
};

}  // namespace scheduling
