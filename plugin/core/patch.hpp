#pragma once
/// What a partial update (PUT) says about one field.
///
/// A JSON object says one of three things about a field. It is absent: the stored value stays. It is null: the stored
/// value is cleared. It has a value: that replaces the stored one. A field that may not be null needs two of the three,
/// and std::optional<T> says them. A field that may be null needs all three, and Patch<T> says them.
/// std::optional<std::optional<T>> could too, but `if (change.color)` would be true for null, and both meanings of
/// std::nullopt would look alike where a patch is written.
#include <concepts>
#include <optional>
#include <utility>

namespace scheduling {

template <class T>
class Patch {
 public:
  Patch() = default;                            ///< absent
  Patch(std::nullopt_t) : is_present_(true) {}  ///< null
  template <std::convertible_to<T> U = T>
  Patch(U&& value) : is_present_(true), value_(std::forward<U>(value)) {}
  /// What was read from a field that is there: empty is null.
  Patch(std::optional<T> value) : is_present_(true), value_(std::move(value)) {}

  bool is_absent() const { return !is_present_; }
  bool is_null() const { return is_present_ && !value_; }
  /// What the field holds from now on; empty when null. Call only when not absent.
  const std::optional<T>& replacement() const { return value_; }

 private:
  bool is_present_ = false;
  std::optional<T> value_{};
};

/// Lays what was said about a field over what is stored there.
template <class T>
void apply_field(T& slot, const std::optional<T>& change) {
  if (change) slot = *change;
}
template <class T>
void apply_field(std::optional<T>& slot, const Patch<T>& change) {
  if (!change.is_absent()) slot = change.replacement();
}

}  // namespace scheduling
