#pragma once
/// TokenMint over the host's secrets.
#include <memory>

#include "crm/sdk/services.hpp"
#include "plugin/ports/token_service.hpp"

namespace scheduling {

/// `secrets` must outlive the mint. Thread: any.
std::unique_ptr<TokenMint> make_sealed_token_mint(crm::sdk::Secrets& secrets);

}  // namespace scheduling
