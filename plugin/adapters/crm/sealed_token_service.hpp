#pragma once
/// TokenService over the CRM's secrets.
#include <memory>

#include "crm/sdk/services.hpp"
#include "plugin/ports/token_service.hpp"

namespace scheduling {

/// `secrets` must outlive the mint. Thread: any.
std::unique_ptr<TokenService> make_sealed_token_service(crm::sdk::Secrets& secrets);

}  // namespace scheduling
