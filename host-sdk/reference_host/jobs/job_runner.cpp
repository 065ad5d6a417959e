#include "reference_host/jobs/job_runner.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "crm/sdk/instant_text.hpp"
#include "reference_host/jobs/job_claim.hpp"

namespace crm::host {
namespace {

using sdk::FailureKind;
using sdk::Outcome;
using std::chrono::milliseconds;

constexpr milliseconds k_after_trouble{5000};   ///< the database is away, or another host runs the job
constexpr milliseconds k_more_waits{100};       ///< the batch was full
constexpr milliseconds k_nap_max{30000};        ///< other hosts' runs move our due time
constexpr milliseconds k_elsewhere_poll{50};
constexpr auto k_elsewhere_wait = std::chrono::seconds(5);

constexpr sdk::Statement k_states{
    "job_runs.states", "SELECT name, started_at, duration_ms, error, note, handled_total FROM job_runs"};

}  // namespace

struct JobRunner::Entry {
  std::string owner;
  sdk::Job job;
  std::stop_source stop;
  std::thread thread;
  int visitors = 0;  ///< run_once() calls inside
};

struct JobRunner::Impl {
  PgDatabase& database;
  sdk::Clock& clock;
  sdk::Log& log;
  std::mutex mutex;
  std::condition_variable_any changed;
  std::vector<std::shared_ptr<Entry>> entries;
  bool started = false;

  /// How long until the job is due; empty when the database is away.
  std::optional<milliseconds> time_left(Entry& entry, bool rest) {
    if (rest) return milliseconds(0);  // the batch was full: the interval does not count
    const auto left = time_until_due(database, entry.job);
    if (!left) return std::nullopt;
    return std::min(*left, k_nap_max);
  }

  /// Runs the job when it is due and free; how long to wait before asking again. `rest` says whether
  /// there is more to do at once, before and after.
  milliseconds attend(Entry& entry, bool& rest) {
    const auto left = time_left(entry, rest);
    if (!left) return k_after_trouble;
    if (left->count() > 0) return *left;
    auto claim = JobClaim::take(database, entry.job.name);
    if (!claim || !*claim) return k_after_trouble;
    // Asked again under the claim: another host may have run it between question and claim.
    const auto still = time_left(entry, rest);
    if (!still) return k_after_trouble;
    if (still->count() > 0) return *still;
    const auto report = (*claim)->run(database, clock, log, entry.owner, entry.job, entry.stop.get_token());
    rest = report && report->more;
    return rest ? k_more_waits : std::min<milliseconds>(entry.job.interval, k_nap_max);
  }

  void serve(Entry& entry) {
    const std::stop_token stop = entry.stop.get_token();
    bool rest = false;
    while (!stop.stop_requested()) {
      const milliseconds wait = attend(entry, rest);
      std::unique_lock lock(mutex);
      changed.wait_for(lock, stop, wait, [] { return false; });
    }
  }

  void launch(Entry& entry) {
    entry.thread = std::thread([this, &entry] { serve(entry); });
  }

  /// Takes entries out and waits until nothing of them runs. `lock` is released meanwhile.
  void dismiss(std::unique_lock<std::mutex>& lock, const std::vector<std::shared_ptr<Entry>>& leaving) {
    for (const auto& entry : leaving) entry->stop.request_stop();
    changed.wait(lock, [&] {
      return std::all_of(leaving.begin(), leaving.end(), [](const auto& entry) { return entry->visitors == 0; });
    });
    lock.unlock();
    for (const auto& entry : leaving) {
      if (entry->thread.joinable()) entry->thread.join();
      entry->job.body = nullptr;
    }
  }
};

JobRunner::JobRunner(PgDatabase& database, sdk::Clock& clock, sdk::Log& log)
    : impl_(new Impl{database, clock, log, {}, {}, {}, false}) {}

JobRunner::~JobRunner() { stop(); }

sdk::Done JobRunner::add(std::string_view owner, sdk::Job job) {
  if (job.name.empty() || job.name.size() > 100 || !job.body || job.interval < std::chrono::seconds(1))
    return sdk::fail(FailureKind::invalid, "a job needs a name, a body and an interval of a second or more");
  const std::lock_guard lock(impl_->mutex);
  for (const auto& entry : impl_->entries)
    if (entry->job.name == job.name) return sdk::fail(FailureKind::conflict, "the job name " + job.name + " is taken");
  auto entry = std::make_shared<Entry>();
  entry->owner = owner;
  entry->job = std::move(job);
  impl_->entries.push_back(entry);
  if (impl_->started) impl_->launch(*entry);
  return {};
}

void JobRunner::remove_owner(std::string_view owner) {
  std::unique_lock lock(impl_->mutex);
  std::vector<std::shared_ptr<Entry>> leaving;
  std::erase_if(impl_->entries, [&](const auto& entry) {
    if (entry->owner != owner) return false;
    leaving.push_back(entry);
    return true;
  });
  impl_->dismiss(lock, leaving);
}

void JobRunner::start() {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->started) return;
  impl_->started = true;
  for (const auto& entry : impl_->entries) impl_->launch(*entry);
}

void JobRunner::stop() {
  std::unique_lock lock(impl_->mutex);
  impl_->started = false;
  std::vector<std::shared_ptr<Entry>> leaving;
  leaving.swap(impl_->entries);
  impl_->dismiss(lock, leaving);
}

Outcome<sdk::JobReport> JobRunner::run_once(std::string_view name) {
  std::shared_ptr<Entry> entry;
  {
    const std::lock_guard lock(impl_->mutex);
    for (const auto& candidate : impl_->entries)
      if (candidate->job.name == name) entry = candidate;
    if (!entry) return sdk::fail(FailureKind::not_found, "no such job");
    ++entry->visitors;
  }
  Outcome<sdk::JobReport> report = sdk::fail(FailureKind::conflict, "the job runs elsewhere");
  const auto give_up = std::chrono::steady_clock::now() + k_elsewhere_wait;
  while (true) {
    auto claim = JobClaim::take(impl_->database, name);
    if (!claim) {
      report = sdk::fail(claim.error());
    } else if (*claim) {
      report = (*claim)->run(impl_->database, impl_->clock, impl_->log, entry->owner, entry->job,
                             entry->stop.get_token());
    } else if (std::chrono::steady_clock::now() < give_up && !entry->stop.stop_requested()) {
      std::this_thread::sleep_for(k_elsewhere_poll);
      continue;
    }
    break;
  }
  {
    const std::lock_guard lock(impl_->mutex);
    --entry->visitors;
  }
  impl_->changed.notify_all();
  return report;
}

Outcome<std::vector<JobState>> JobRunner::states() {
  std::vector<JobState> states;
  {
    const std::lock_guard lock(impl_->mutex);
    for (const auto& entry : impl_->entries)
      states.push_back({entry->owner, entry->job.name, entry->job.interval, {}, 0, {}, {}, 0});
  }
  auto session = impl_->database.acquire();
  if (!session) return sdk::fail(session.error());
  auto rows = (*session)->run(k_states);
  if (!rows) return sdk::fail(rows.error());
  for (std::size_t i = 0; i < (*rows)->size(); ++i) {
    sdk::RowReader row(**rows, i);
    const std::string name = row.next<std::string>();
    const auto state = std::find_if(states.begin(), states.end(), [&](const auto& s) { return s.name == name; });
    if (state == states.end()) continue;
    if (const auto started = row.next_or_null<sdk::Micros>()) state->last_started_at = sdk::instant_text(*started);
    state->last_duration_ms = row.next<std::int64_t>();
    state->last_error = row.next<std::string>();
    state->last_note = row.next<std::string>();
    state->handled_total = row.next<std::int64_t>();
  }
  std::sort(states.begin(), states.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return states;
}

}  // namespace crm::host
