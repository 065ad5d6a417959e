#include "reference_host/database/server_watch.hpp"

#include <algorithm>

#include "reference_host/database/pg_failure.hpp"

namespace crm::app {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds k_between_questions{250};  ///< while the database is away
constexpr milliseconds k_doubt_after{500};        ///< an answer that takes longer is not usual
constexpr std::chrono::seconds k_patience{5};     ///< a planned switchover takes two
constexpr int k_waiting_max = 64;                 ///< others need threads, too

}  // namespace

ServerWatch::ServerWatch(const ConnectionPlan& plan, sdk::Log& log)
    : plan_(plan), log_(log), thread_([this](const std::stop_token& stop) { run(stop); }) {}

ServerWatch::~ServerWatch() {
  thread_.request_stop();
  thread_.join();
}

bool ServerWatch::is_in_doubt() const {
  const std::lock_guard lock(mutex_);
  return asking_since_ && Clock::now() - *asking_since_ > k_doubt_after;
}

void ServerWatch::suspect() noexcept {
  const std::lock_guard lock(mutex_);
  if (asked_ > answered_) return;
  ++asked_;
  changed_.notify_all();
}

bool ServerWatch::ask(milliseconds wait) {
  std::unique_lock lock(mutex_);
  if (is_away_) return false;
  const std::uint64_t question = ++asked_;
  changed_.notify_all();
  changed_.wait_for(lock, wait, [&] { return is_away_ || answered_ >= question; });
  return !is_away_ && answered_ >= question;
}

bool ServerWatch::wait_until_back(milliseconds wait) {
  std::unique_lock lock(mutex_);
  if (!is_away_) return true;
  const auto until = std::min(Clock::now() + wait, away_since_ + k_patience);
  if (waiting_ >= k_waiting_max || Clock::now() >= until) return false;
  ++waiting_;
  changed_.wait_until(lock, until, [&] { return !is_away_; });
  --waiting_;
  return !is_away_;
}

bool ServerWatch::connected_to(const std::string& place) {
  const std::lock_guard lock(mutex_);
  if (place == place_) return false;
  if (!place_.empty()) generation_.fetch_add(1);
  place_ = place;
  return true;
}

void ServerWatch::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const auto is_asked = [&] { return asked_ > answered_; };
  while (!stop.stop_requested()) {
    if (is_away_)
      changed_.wait_for(lock, stop, k_between_questions, [] { return false; });
    else
      changed_.wait(lock, stop, is_asked);
    if (stop.stop_requested()) break;
    const std::uint64_t question_number = asked_;
    asking_since_ = Clock::now();
    lock.unlock();
    const auto failure = question();
    lock.lock();
    settle(failure);
    asking_since_.reset();
    answered_ = question_number;
    changed_.notify_all();
  }
}

/// A connection that died unseen says nothing about the server of today; one that is silent does.
std::optional<sdk::Failure> ServerWatch::question() {
  const bool was_connected = connection_ != nullptr;
  if (!was_connected)
    if (auto failure = connect()) return failure;
  const auto until = Clock::now() + k_answer_max;
  auto failure = command_within(connection_.get(), "SELECT 1", until);
  if (!failure) failure = refusal_of_standby(connection_.get());
  if (!failure) return std::nullopt;
  connection_.reset();
  if (!was_connected || Clock::now() >= until) return failure;
  return connect();
}

std::optional<sdk::Failure> ServerWatch::connect() {
  auto connected = connect_own(plan_);
  if (!connected) return connected.error();
  connection_ = std::move(*connected);
  connected_to(place_of(connection_.get()));
  return std::nullopt;
}

void ServerWatch::settle(const std::optional<sdk::Failure>& failure) {
  if (failure && !is_away_) {
    away_since_ = *asking_since_;
    failures_ = 0;
    generation_.fetch_add(1);
    is_away_ = true;
    log_.warning("database.away", {{"why", failure->message}});
  } else if (!failure && is_away_) {
    is_away_ = false;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - away_since_);
    log_.info("database.back",
              {{"after_seconds", std::to_string(seconds.count())}, {"failures", std::to_string(failures_.load())}});
  }
}

}  // namespace crm::app
