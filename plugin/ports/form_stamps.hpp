#pragma once
/// When a form was first shown, sealed into the form itself.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "plugin/core/result.hpp"

namespace scheduling {

/// Time here is the system's, not the CRM's Clock: it measures how fast a person types, also while a test has the Clock
/// stand still.
class FormStamps {
 public:
  virtual ~FormStamps() = default;
  virtual Result<std::string> fresh() = 0;
  /// How long ago that stamp was made; zero at least. None for what the CRM's key did not seal.
  virtual std::optional<std::chrono::milliseconds> age(std::string_view stamp) = 0;
};

}  // namespace scheduling
