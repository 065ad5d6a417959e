#pragma once
/// The secrets of manage links (B-8): 256 random bits, found by their hash, kept sealed.
#include <optional>
#include <string>
#include <string_view>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"

namespace scheduling {

struct IssuedToken {
  std::string token;   ///< base64url, 43 characters: stands in the link, never in the database
  std::string hash;    ///< SHA-256 of the token, 32 bytes
  std::string sealed;  ///< opens only with the chain's UID
};

/// What a host's link in a mail allows: that host to answer about that meeting.
struct ApprovalGrant {
  MeetingId meeting{};
  UserId host{};
};

class TokenService {
 public:
  virtual ~TokenService() = default;
  /// `chain_uid`: the iCalendar UID, which a chain of moves keeps; the sealed copy is bound to it.
  virtual Result<IssuedToken> issue(std::string_view chain_uid) = 0;
  /// Errors: `broken` when the copy is damaged or belongs to another chain.
  virtual Result<std::string> unseal(std::string_view sealed, std::string_view chain_uid) = 0;
  /// Empty for what cannot be a token.
  virtual std::string hash_of(std::string_view token) const = 0;
  /// A link's secret that carries its grant sealed: nothing is stored, and nobody else can make one.
  virtual Result<std::string> seal_grant(const ApprovalGrant& grant) = 0;
  /// None for what the CRM's key did not seal.
  virtual std::optional<ApprovalGrant> open_grant(std::string_view token) = 0;
  /// The same for the link by which a host says what came of a meeting; neither opens as the other.
  virtual Result<std::string> seal_outcome_grant(const ApprovalGrant& grant) = 0;
  virtual std::optional<ApprovalGrant> open_outcome_grant(std::string_view token) = 0;
  /// The secret of the link by which an attendee proves their address; sealed like a grant, and no manage link.
  virtual Result<std::string> seal_verification(MeetingId meeting) = 0;
  virtual std::optional<MeetingId> open_verification(std::string_view token) = 0;
  /// SHA-256 of anything, 32 bytes: tells two request bodies apart.
  virtual std::string digest(std::string_view text) const = 0;
  /// A name nobody can guess, for UIDs and forms: 32 hexadecimal digits.
  virtual Result<std::string> fresh_name() = 0;
};

}  // namespace scheduling
