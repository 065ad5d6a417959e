#pragma once
#include "crm/sdk/services.hpp"
#include "plugin/ports/form_stamps.hpp"

namespace scheduling {

class SealedFormStamps final : public FormStamps {
 public:
  explicit SealedFormStamps(crm::sdk::Secrets& secrets) : secrets_(secrets) {}
  Result<std::string> fresh() override;
  std::optional<std::chrono::milliseconds> age(std::string_view stamp) override;

 private:
  crm::sdk::Secrets& secrets_;
};

}  // namespace scheduling
