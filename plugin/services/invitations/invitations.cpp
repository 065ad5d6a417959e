#include "plugin/services/invitations/invitations.hpp"

#include "plugin/core/assignment/owner_wait.hpp"
#include "plugin/ports/storage/invitations/invitation_repository.hpp"
#include "plugin/services/assignment/contact_owner.hpp"

namespace scheduling {

std::string Invitation::name() const {
  const auto found = contact.fields.find("name");
  return found == contact.fields.end() ? std::string() : found->second;
}

std::string Invitation::email() const {
  return contact.addresses.empty() ? std::string() : contact.addresses.front();
}

Result<Invitation> Invitations::open(Transaction& transaction, std::string_view token, MeetingTypeId type,
                                     Lock lock) const {
  const std::string hash = tokens_.hash_of(token);
  if (hash.empty()) return fail(Code::not_found, "no token of an invitation");
  auto stored = transaction.invitations().find(hash, lock);
  if (!stored) return fail(std::move(stored.error()));
  if (!*stored || (*stored)->type != type) return fail(Code::not_found, "no such invitation");
  auto inviter = transaction.users().find((*stored)->inviter);
  if (!inviter) return fail(std::move(inviter.error()));
  if (!inviter->is_active) return fail(Code::not_found, "whoever invited has left");
  if (clock_.now() >= (*stored)->expires_at) return fail(Code::token_expired);
  auto contact = transaction.records().find((*stored)->contact);
  if (!contact) return fail(std::move(contact.error()));
  return Invitation{std::move(*contact), (*stored)->expires_at};
}

Result<Invitation> Invitations::open(std::string_view token, MeetingTypeId type) const {
  return transactions_.reading([&](Transaction& transaction) { return open(transaction, token, type, Lock::none); });
}

std::optional<MeetingTypeId> Invitations::type_of(std::string_view token) const {
  const std::string hash = tokens_.hash_of(token);
  if (hash.empty()) return std::nullopt;
  auto stored =
      transactions_.reading([&](Transaction& transaction) { return transaction.invitations().find(hash, Lock::none); });
  return stored && *stored ? std::optional((*stored)->type) : std::nullopt;
}

Result<InvitedTimes> Invitations::times(const BookingTarget& target, const Invitation& invitation) const {
  InvitedTimes times;
  const auto owner = asks_for_owner(target) ? serving_owner(target, invitation.contact.owner) : std::nullopt;
  if (!owner) return times;
  const MeetingTypeSettings& settings = target.type->content.settings;
  const auto at = [&](TimeRange window) { return availability_.team_contexts(*target.type, {&*owner, 1}, window); };
  const Instant now = clock_.now();
  auto present = at({now, now + std::chrono::seconds{1}});
  if (!present) return fail(std::move(present.error()));
  auto contexts = at(wait_reach(present->front()));
  if (!contexts) return fail(std::move(contexts.error()));
  const bool is_soon = has_start_soon(contexts->front(), settings.owner_wait_days_or_default());
  const bool is_strict = settings.owner_first_or_default() == OwnerFirst::strict;
  if (is_soon || is_strict) times.only = owner;
  if (is_soon || !is_strict) return times;
  auto person = transactions_.reading([&](Transaction& transaction) { return transaction.users().find(*owner); });
  if (!person) return fail(std::move(person.error()));
  times.unreachable = std::move(*person);
  return times;
}

Result<std::vector<TimeRange>> Invitations::slots(const BookingTarget& target, const InvitedTimes& times,
                                                  TimeRange window) const {
  return times.only ? availability_.slots(*target.type, *times.only, window)
                    : availability_.public_slots(target, window);
}

}  // namespace scheduling
