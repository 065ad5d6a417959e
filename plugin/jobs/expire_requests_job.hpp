#pragma once
/// Requests that their hosts did not answer in time end, and their time is free again. Safe to run twice: each is
/// looked at under its lock.
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

class ExpireRequestsJob {
 public:
  explicit ExpireRequestsJob(MeetingBookingService& booking) : booking_(booking) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  MeetingBookingService& booking_;
};

}  // namespace scheduling
