#pragma once
/// Values by key; those used longest ago are dropped when all of them together hold too many bytes.
///
/// Thread: none of its own; the owner's mutex guards it. Cost: constant per call.
#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

namespace scheduling {

template <class Key, class Value>
class BoundedCache {
 public:
  explicit BoundedCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  /// Null when it is not held. Counts as a use. Valid until the next put().
  Value* find(const Key& key) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return nullptr;
    by_use_.splice(by_use_.begin(), by_use_, found->second.used);
    return &found->second.value;
  }
  /// Replaces what the key held. One value stays even when it alone is larger than all may be.
  void put(const Key& key, Value value, std::size_t bytes) {
    auto [at, is_new] = entries_.try_emplace(key);
    Entry& entry = at->second;
    if (is_new)
      entry.used = by_use_.insert(by_use_.begin(), key);
    else
      by_use_.splice(by_use_.begin(), by_use_, entry.used);
    bytes_ = bytes_ - entry.bytes + bytes;
    entry.value = std::move(value);
    entry.bytes = bytes;
    while (bytes_ > bytes_max_ && by_use_.size() > 1) drop_oldest();
  }
  std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    Value value{};
    std::size_t bytes = 0;
    typename std::list<Key>::iterator used{};
  };
  void drop_oldest() {
    const auto at = entries_.find(by_use_.back());
    bytes_ -= at->second.bytes;
    entries_.erase(at);
    by_use_.pop_back();
  }

  const std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  std::unordered_map<Key, Entry> entries_;
  std::list<Key> by_use_;  ///< the last used first
};

}  // namespace scheduling
