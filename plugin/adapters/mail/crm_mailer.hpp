#pragma once
/// Mailer over the SDK: this module writes the message, the CRM sends it.
#include "crm/sdk/mailer.hpp"
#include "plugin/ports/crm/mailer.hpp"

namespace scheduling {

/// Needs a host of SDK 1.2, which names its sender. Thread: any.
class CrmMailer final : public Mailer {
 public:
  /// `mailer` must outlive this.
  explicit CrmMailer(crm::sdk::Mailer& mailer) : mailer_(mailer) {}

  bool is_configured() const noexcept override { return mailer_.is_configured(); }
  Result<DeliveryResult> send(const Mail& mail) override;

 private:
  crm::sdk::Mailer& mailer_;
};

}  // namespace scheduling
