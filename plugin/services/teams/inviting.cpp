#include "plugin/services/teams/inviting.hpp"

#include "plugin/core/schedule/number_bounds.hpp"
#include "plugin/ports/storage/invitations/invitation_repository.hpp"

namespace scheduling {
namespace {

constexpr std::int64_t k_hours_default = 336;
/// How long a link that expired says so; an unknown one it is afterwards.
constexpr std::chrono::days k_kept_after_end{365};

}  // namespace

Result<IssuedInvitation> Inviting::invite(const Actor& actor, const InvitationDraft& draft) {
  FieldErrors errors;
  const std::int64_t hours =
      check_bounds(errors, "expires_in_hours", draft.expires_in_hours.value_or(k_hours_default), k_invitation_hours);
  if (!errors.empty()) return fail(std::move(errors).to_error());
  auto target = bookings_.target(actor, draft.type);
  if (!target) return fail(std::move(target.error()));
  auto token = parts_.tokens.issue("invitation");  // its sealed copy is not kept: nobody writes the link again
  if (!token) return fail(std::move(token.error()));
  const Instant now = parts_.clock.now();
  const Instant end = now + std::chrono::hours{hours};
  auto stored = parts_.transactions.in_transaction([&](Transaction& transaction) -> Done {
    auto contact = seen_contact(transaction, actor, draft.contact);
    if (!contact) return fail(std::move(contact.error()));
    if (auto done = transaction.invitations().forget(now - k_kept_after_end); !done) return done;
    return transaction.invitations().add(token->hash, {draft.type, contact->id, actor.id, end}, now);
  });
  if (!stored) return fail(std::move(stored.error()));
  const BookingTarget& at = *target;
  return IssuedInvitation{at.page.content.slug.text(), at.type->content.slug.text(), std::move(token->token), end};
}

}  // namespace scheduling
