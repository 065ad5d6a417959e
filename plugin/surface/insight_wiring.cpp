#include "plugin/surface/insight_wiring.hpp"

namespace scheduling {

void InsightWiring::send_waiting(OutboxWorker& mails) {
  constexpr int k_batch = 100;
  constexpr int k_batches_max = 10;
  for (int batch = 0; batch < k_batches_max; ++batch) {
    const auto round = mails.deliver({}, k_batch);
    if (!round || !round->more) return;
  }
}

}  // namespace scheduling
