#pragma once
#include <string>

#include "crm/sdk/records.hpp"
#include "plugin/adapters/pipelining/pipelined_crm.hpp"

namespace scheduling {

/// The CRM module whose records are people we meet.
inline constexpr const char* k_contacts = "contacts";
inline constexpr const char* k_module_id = "meeting_scheduler";

class CrmRecordBook final : public PipelinedRecordBook {
 public:
  CrmRecordBook(crm::sdk::RecordBook& book, crm::sdk::Session& session) : book_(book), session_(session) {}
  void ask_by_email(std::string_view email) override;
  Result<std::vector<Contact>> find_by_email(std::string_view email) override;
  Result<Contact> find(ContactId id) override;
  Result<std::vector<ContactId>> seen_by(const ContactReader& reader, std::span<const ContactId> ids) override;
  Result<std::vector<TimelineEntry>> recent(const ContactReader& reader, ContactId id, int count) override;
  Result<ContactId> create(UserId owner, const TextFields& fields) override;
  Result<void> change(ContactId id, const TextFields& fields, UserId by) override;
  std::vector<std::string> addresses_in(std::string_view stored) const override;
  Result<void> log(const MeetingActivity& activity) override;

 private:
  crm::sdk::Cause cause() const { return {k_module_id, {}, {}}; }
  /// For what the public causes: it finds its contact, whoever owns it. What a user reads is read as that user.
  const crm::sdk::Viewer viewer_ = crm::sdk::k_system_viewer;
  crm::sdk::RecordBook& book_;
  crm::sdk::Session& session_;
  std::optional<std::string> asked_;  ///< the address that was asked for and not read yet
  crm::sdk::Ticket ticket_;
};

}  // namespace scheduling
