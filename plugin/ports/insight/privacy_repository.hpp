#pragma once
/// What the module holds on one person, and how it forgets them.
/// Source: interface "Contacts, suggestions, privacy".
#include <cstdint>
#include <string>
#include <vector>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

/// One address in the forms in which it may stand: its key, and as its owner wrote it.
struct SoughtAddress {
  std::string key{};
  std::string text{};
};

struct Erasure {
  std::int64_t meetings = 0;
  std::int64_t guest_of = 0;  ///< other people's meetings that named the person as a guest
  std::int64_t cancelled = 0;
  std::int64_t mails = 0;
  std::int64_t suggestions = 0;
  std::int64_t activities = 0;
  std::int64_t audit_entries = 0;
  std::int64_t calendar_events = 0;  ///< to be written again
};

struct ErasureNote {
  UserId by{};  ///< zero: the system
  std::string request_id{};
  Erasure counts{};
  Instant now{};
};

enum class GuestsToo : bool { no, yes };

class PrivacyRepository {
 public:
  virtual ~PrivacyRepository() = default;
  /// The first meetings of the chains that this person booked.
  virtual Result<std::vector<MeetingId>> chains_of(const SoughtAddress& address) = 0;
  /// Chains that ended by `end` and still know their attendee; at most `count`.
  virtual Result<std::vector<MeetingId>> old_chains(Instant end, int count) = 0;
  /// All meetings of these chains, locked.
  virtual Result<std::vector<Meeting>> meetings_of(const std::vector<MeetingId>& chains) = 0;
  /// Activities are the caller's: they are the CRM's.
  virtual Result<Erasure> erase(const std::vector<MeetingId>& chains, GuestsToo guests, Instant now) = 0;
  virtual Result<Erasure> erase_guest(const SoughtAddress& address, Instant now) = 0;
  /// Writes the audit entry of an erasure, without the person.
  virtual Done note(const ErasureNote& note) = 0;
  /// A JSON object with everything on that person.
  virtual Result<std::string> export_of(const std::vector<MeetingId>& chains, const SoughtAddress& address) = 0;
  /// Before the chain's first meeting is written, in the same transaction.
  virtual Done keep_consent(MeetingId chain, const std::string& text, Instant now) = 0;
};

}  // namespace scheduling
