#pragma once
/// Structured log: one JSON object a line, on standard error, written by a thread of its own so that no
/// request waits for the terminal. Bounded: when the buffer is full, lines are dropped and counted.
#include <memory>
#include <string_view>

#include "crm/sdk/services.hpp"

namespace crm::app {

class JsonLog final : public sdk::Log {
 public:
  explicit JsonLog(int file_descriptor = 2, sdk::LogLevel lowest = sdk::LogLevel::info);
  ~JsonLog() override;  ///< writes what is queued
  void write(sdk::LogLevel level, std::string_view event, std::initializer_list<Pair> fields) noexcept override;
  /// A line that is complete already (the access log), without the newline.
  void write_line(std::string_view line) noexcept;
  void flush() noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crm::app
