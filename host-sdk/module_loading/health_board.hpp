#pragma once
/// The health functions of one live module, asked safely.
///
/// Thread: any. Owner: holds functions of the module until close(), which must come before unloading.
#include <mutex>
#include <string>
#include <vector>

#include "crm/sdk/health.hpp"

namespace crm::app {

struct HealthLine {
  std::string name;  ///< the subject: "Time zones"
  sdk::HealthLevel level = sdk::HealthLevel::ok;
  std::string text;
  std::string url{};  ///< a path of the CRM, or empty
};

class HealthBoard {
 public:
  explicit HealthBoard(std::vector<sdk::HealthSource> sources) : sources_(std::move(sources)) {}
  /// In the order of registration. A function that throws is one line of level error; long answers are cut.
  std::vector<HealthLine> ask() noexcept;
  /// Waits for a question that is under way, and lets the functions go. Afterwards there is nothing to say.
  void close() noexcept;

 private:
  std::mutex mutex_;
  std::vector<sdk::HealthSource> sources_;
};

}  // namespace crm::app
