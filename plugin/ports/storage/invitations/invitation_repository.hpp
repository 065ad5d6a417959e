#pragma once
/// Links by which somebody who may see a contact invites them to book: found by the hash of their token.
///
/// An invitation follows its contact through a merge (MeetingRepository::follow_contact), and is gone with its contact,
/// its meeting type and whoever invited. Errors: those of the database. Source: behaviour B-10; ADR 0034.
#include <optional>
#include <string>
#include <string_view>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {

struct StoredInvitation {
  MeetingTypeId type{};
  ContactId contact{};
  UserId inviter{};
  Instant expires_at{};
};

class InvitationRepository {
 public:
  virtual ~InvitationRepository() = default;
  /// `token_hash`: 32 bytes.
  virtual Done add(const std::string& token_hash, const StoredInvitation& invitation, Instant now) = 0;
  /// Expired ones too; none for what is unknown.
  virtual Result<std::optional<StoredInvitation>> find(const std::string& token_hash, Lock lock) = 0;
  /// What ended before that instant.
  virtual Done forget(Instant ended_before) = 0;
};

}  // namespace scheduling
