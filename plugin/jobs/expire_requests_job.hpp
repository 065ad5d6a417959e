#pragma once
/// Cancels pending meetings that their hosts did not confirm in time; their time is free again. Safe to run twice:
/// each is checked again under its lock.
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
