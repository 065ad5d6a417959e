#include "plugin/services/calendars/calendar_push.hpp"

#include <algorithm>

namespace scheduling {
namespace {

/// Another channel is opened that long before one ends: readings come every five minutes, and a day is a long failure.
constexpr std::chrono::hours k_renewal_spare{24};
constexpr std::chrono::hours k_wait_after_failure{1};

/// Providers write to https alone. What runs on this machine is a test.
bool can_be_told(const std::string& site) {
  return site.starts_with("https://") || site.starts_with("http://127.0.0.1:") || site.starts_with("http://localhost:");
}

/// As long as the longer of the two takes, whatever they are.
bool are_equal(std::string_view one, std::string_view other) {
  unsigned difference = one.size() == other.size() ? 0U : 1U;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i)
    difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
  return difference == 0;
}

PushChannel channel_of(const StoredChannel& stored) {
  return {stored.channel, stored.resource, stored.expires_at};
}

}  // namespace

bool CalendarPush::may_try(CalendarId calendar) {
  const std::lock_guard lock(mutex_);
  const auto known = failed_.find(calendar);
  return known == failed_.end() || known->second <= clock_.now();
}

void CalendarPush::note_failure(CalendarId calendar) {
  const std::lock_guard lock(mutex_);
  failed_[calendar] = clock_.now() + k_wait_after_failure;
}

void CalendarPush::keep(const CalendarConnection& connection) {
  if (!can_be_told(site_.public_url())) return;
  auto stored = transactions_.reading(
      [&](Transaction& transaction) { return transaction.pushes().of_connection(connection.id); });
  if (!stored) return;
  for (const ConnectedCalendar& calendar : connection.calendars) {
    if (!calendar.checks_conflicts && !calendar.writes_meetings) continue;
    const auto known = std::ranges::find(*stored, calendar.id, &StoredChannel::calendar);
    const auto before = known == stored->end() ? std::optional<StoredChannel>() : std::optional(*known);
    if (before && before->expires_at > clock_.now() + k_renewal_spare) continue;
    if (may_try(calendar.id)) open(connection, calendar, before);
  }
}

/// The new channel is stored before the old one is stopped, so that no change falls between them.
void CalendarPush::open(const CalendarConnection& connection, const ConnectedCalendar& calendar,
                        const std::optional<StoredChannel>& before) {
  auto secrets = vault_.fresh_log_in();
  if (!secrets) return;
  const PushWish wish{
      secrets->verifier,    secrets->state,      site_.public_url() + "/api/v1/calendar/notify/" + connection.provider,
      calendar.provider_id, calendar.is_primary, clock_.now()};
  auto channel = access_.call(connection.id, [&](CalendarProvider& provider, const std::string& access) {
    return provider.watch(access, wish);
  });
  if (!channel) note_failure(calendar.id);
  const bool is_over = before && before->expires_at <= clock_.now();
  if (!channel && !is_over) return;
  // What cannot be stored is not ours to hear: it ends by itself, and polling goes on.
  auto stored = transactions_.in_transaction([&](Transaction& transaction) {
    if (!channel) return transaction.pushes().remove(before->channel);
    return transaction.pushes().save(
        {calendar.id, channel->id, vault_.digest(wish.secret), channel->resource, channel->expires_at});
  });
  if (!stored || !channel || !before || is_over) return;
  static_cast<void>(access_.call(connection.id, [&](CalendarProvider& provider, const std::string& access) {
    provider.unwatch(access, channel_of(*before));
    return Told<bool>(true);
  }));
}

void CalendarPush::end(ConnectionId connection) {
  auto stored =
      transactions_.reading([&](Transaction& transaction) { return transaction.pushes().of_connection(connection); });
  if (!stored || stored->empty()) return;
  static_cast<void>(access_.call(connection, [&](CalendarProvider& provider, const std::string& access) {
    for (const StoredChannel& each : *stored) provider.unwatch(access, channel_of(each));
    return Told<bool>(true);
  }));
}

void CalendarPush::heard(std::string_view provider, std::string_view channel, std::string_view secret, Word word) {
  const std::string digest = vault_.digest(secret);
  static_cast<void>(transactions_.in_transaction([&](Transaction& transaction) -> Done {
    auto known = transaction.pushes().find(channel, provider);
    if (!known) return fail(std::move(known.error()));
    if (!*known || !are_equal((*known)->secret_hash, digest)) return {};
    if (word == Word::ended)
      if (auto removed = transaction.pushes().remove(channel); !removed) return removed;
    return transaction.pushes().hint((*known)->calendar, clock_.now());
  }));
}

}  // namespace scheduling
