#include "reference_host/jobs/job_runner.hpp"

#include <Poco/Environment.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include "reference_host/jobs/job_claim.hpp"
#include "reference_host/jobs/local_job_runs.hpp"

namespace crm::app {
namespace {

using sdk::FailureKind;
using sdk::Outcome;
using std::chrono::milliseconds;

constexpr milliseconds k_after_trouble{5000};  ///< the database is away, or another instance runs the job
constexpr milliseconds k_more_waits{100};      ///< the batch was full
constexpr milliseconds k_nap_max{30000};       ///< runs of other instances move our due time
constexpr milliseconds k_elsewhere_poll{50};
constexpr milliseconds k_nudged_again{250};  ///< nudged while another instance runs the job
constexpr auto k_elsewhere_wait = std::chrono::seconds(5);

std::string on_instance(const std::string& error, const std::string& instance) {
  return error + " (on " + instance + ")";
}

/// What the table knows of a job.
void fill_from_row(JobState& state, const JobRow& row, sdk::Micros now) {
  if (row.has_started) state.last_started_at = row.last.started_at;
  state.last_duration = row.last.took;
  state.last_error = row.last.error;
  if (!row.last.error.empty() && !row.failed_on.empty()) state.last_error = on_instance(row.last.error, row.failed_on);
  state.last_note = row.last.note;
  state.handled_total = row.last.handled;
  state.is_running = row.is_claimed;
  if (row.since_end) state.next_due_at = now + std::max(state.interval - *row.since_end, milliseconds(0));
}

/// What this instance knows better of a job of every instance: idle runs are written to the table once a minute.
void fill_from_here(JobState& state, const LocalJobRuns& runs, sdk::Micros now) {
  const LocalJobRuns::State here = runs.state();
  state.is_running = here.is_running;
  const auto left = std::chrono::ceil<milliseconds>(here.due_at - std::chrono::steady_clock::now());
  state.next_due_at = now + std::max(left, milliseconds(0));
  if (!here.last) return;
  state.last_started_at = here.last->started_at;
  state.last_duration = here.last->took;
  if (!here.last->note.empty()) state.last_note = here.last->note;
  if (!here.last->error.empty())
    state.last_error = on_instance(here.last->error, runs.instance());
  else if (state.last_error.ends_with(on_instance("", runs.instance())))
    state.last_error.clear();  // we recovered, and the table has not heard of it yet
}

}  // namespace

struct JobRunner::Entry {
  std::string owner;
  sdk::Job job;
  std::unique_ptr<LocalJobRuns> local;  ///< of a job of every instance
  std::stop_source stop;
  std::thread thread;
  int visitors = 0;                ///< run_once() calls inside
  bool is_nudged = false;          ///< asked for since the last run began; guarded by Impl::mutex
  bool waits_for_another = false;  ///< nudged while another instance runs it: no reason to ask again at once
};

struct JobRunner::Impl {
  JobSurroundings surroundings;
  std::string instance;
  std::mutex mutex;
  std::condition_variable_any changed;
  std::vector<std::shared_ptr<Entry>> entries;
  bool started = false;

  /// How long until the job is due; empty when the database is away. `at_once`: the batch was full, or somebody
  /// nudged, and the interval does not count.
  std::optional<milliseconds> time_left(Entry& entry, bool at_once) {
    if (at_once) return milliseconds(0);
    const auto left = time_until_due(surroundings.database, entry.job);
    if (!left) return std::nullopt;
    return std::min(*left, k_nap_max);
  }

  /// Runs the job when it is due and free; how long to wait before asking again. `rest` says whether
  /// there is more to do at once, before and after.
  milliseconds attend(Entry& entry, bool& rest) {
    const bool was_nudged = take_nudge(entry);
    const auto left = time_left(entry, rest || was_nudged);
    if (!left) return k_after_trouble;
    if (left->count() > 0) return *left;
    auto claim = JobClaim::take(surroundings.database, entry.job.name);
    if (!claim || !*claim) {
      // Where it runs now, the new work may have been passed already: the nudge stands until it ran here.
      if (was_nudged) keep_nudge(entry);
      return was_nudged && claim ? k_nudged_again : k_after_trouble;
    }
    // Asked again under the claim: another instance may have run it between question and claim.
    const auto still = time_left(entry, rest || was_nudged);
    if (!still) return k_after_trouble;
    if (still->count() > 0) return *still;
    const auto report = (*claim)->run(surroundings, entry.owner, entry.job, entry.stop.get_token());
    rest = report && report->more;
    return rest ? k_more_waits : std::min<milliseconds>(entry.job.interval, k_nap_max);
  }

  /// The same for a job of every instance: no other instance moves its due time, so the table is not read.
  milliseconds attend_here(Entry& entry) {
    (void)take_nudge(entry);
    const auto report = entry.local->try_run(surroundings, entry.owner, entry.job, entry.stop.get_token());
    if (!report) return k_elsewhere_poll;
    const milliseconds wait = *report && (*report)->more ? k_more_waits : milliseconds(entry.job.interval);
    entry.local->set_due(std::chrono::steady_clock::now() + wait);
    return wait;
  }

  /// Before the run, so that a nudge during it leads to another one.
  bool take_nudge(Entry& entry) {
    const std::lock_guard lock(mutex);
    return std::exchange(entry.is_nudged, false);
  }
  void keep_nudge(Entry& entry) {
    const std::lock_guard lock(mutex);
    entry.is_nudged = entry.waits_for_another = true;
  }

  void serve(Entry& entry) {
    const std::stop_token stop = entry.stop.get_token();
    bool rest = false;
    while (!stop.stop_requested()) {
      const milliseconds wait = entry.local ? attend_here(entry) : attend(entry, rest);
      std::unique_lock lock(mutex);
      changed.wait_for(lock, stop, wait, [&] { return entry.is_nudged && !entry.waits_for_another; });
      entry.waits_for_another = false;
    }
  }

  void launch(Entry& entry) {
    entry.thread = std::thread([this, &entry] { serve(entry); });
  }

  /// Empty while it runs elsewhere.
  std::optional<Outcome<sdk::JobReport>> try_run(Entry& entry) {
    if (entry.local) return entry.local->try_run(surroundings, entry.owner, entry.job, entry.stop.get_token());
    auto claim = JobClaim::take(surroundings.database, entry.job.name);
    if (!claim) return Outcome<sdk::JobReport>(sdk::fail(claim.error()));
    if (!*claim) return std::nullopt;
    return (*claim)->run(surroundings, entry.owner, entry.job, entry.stop.get_token());
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

JobRunner::JobRunner(PgDatabase& database, sdk::Clock& clock, sdk::Log& log, std::string instance)
    : impl_(new Impl{{database, clock, log}, std::move(instance), {}, {}, {}, false}) {}

JobRunner::~JobRunner() {
  stop();
}

std::string JobRunner::own_name() {
  return Poco::Environment::nodeName().substr(0, 150) + ":" + std::to_string(::getpid());
}

sdk::Done JobRunner::add(std::string_view owner, sdk::Job job) {
  if (job.name.empty() || job.name.size() > 100 || !job.body || job.interval < std::chrono::seconds(1))
    return sdk::fail(FailureKind::invalid, "a job needs a name, a body and an interval of a second or more");
  const std::lock_guard lock(impl_->mutex);
  for (const auto& entry : impl_->entries)
    if (entry->job.name == job.name) return sdk::fail(FailureKind::conflict, "the job name " + job.name + " is taken");
  auto entry = std::make_shared<Entry>();
  entry->owner = owner;
  entry->job = std::move(job);
  if (entry->job.runs_on == sdk::RunsOn::every_instance) entry->local = std::make_unique<LocalJobRuns>(impl_->instance);
  impl_->entries.push_back(entry);
  if (impl_->started) impl_->launch(*entry);
  return {};
}

void JobRunner::nudge(std::string_view job) noexcept {
  {
    const std::lock_guard lock(impl_->mutex);
    for (const auto& entry : impl_->entries)
      if (entry->job.name == job) entry->is_nudged = true;
  }
  impl_->changed.notify_all();
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
  const auto give_up = std::chrono::steady_clock::now() + k_elsewhere_wait;
  auto report = impl_->try_run(*entry);
  while (!report && std::chrono::steady_clock::now() < give_up && !entry->stop.stop_requested()) {
    std::this_thread::sleep_for(k_elsewhere_poll);
    report = impl_->try_run(*entry);
  }
  {
    const std::lock_guard lock(impl_->mutex);
    --entry->visitors;
  }
  impl_->changed.notify_all();
  if (!report) return sdk::fail(FailureKind::conflict, "the job runs elsewhere");
  return std::move(*report);
}

Outcome<std::vector<JobState>> JobRunner::states() {
  const auto rows = job_rows(impl_->surroundings.database);
  if (!rows) return sdk::fail(rows.error());
  const sdk::Micros now = impl_->surroundings.clock.now();
  std::vector<JobState> states;
  const std::lock_guard lock(impl_->mutex);
  for (const auto& entry : impl_->entries) {
    JobState& state = states.emplace_back();
    state.owner = entry->owner;
    state.name = entry->job.name;
    state.interval = entry->job.interval;
    state.runs_on = entry->job.runs_on;
    state.next_due_at = now;  // unless somebody knows better
    const auto row =
        std::find_if(rows->begin(), rows->end(), [&](const JobRow& one) { return one.name == state.name; });
    if (row != rows->end()) fill_from_row(state, *row, now);
    if (entry->local) fill_from_here(state, *entry->local, now);
    if (state.is_running) state.next_due_at.reset();
  }
  std::sort(states.begin(), states.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return states;
}

}  // namespace crm::app
