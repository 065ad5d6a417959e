#pragma once
/// Time zones for the oracle: the system's TZif files, read by a reader of its own that shares nothing with
/// the plugin or with the library that the plugin reads them with.
#include <cstdint>
#include <string>
#include <vector>

namespace oracle {

using Second = std::int64_t;  ///< since 1970-01-01T00:00:00Z
using Minute = std::int64_t;  ///< the same in minutes

class Zone {
 public:
  struct Change {
    Second at;   ///< from here on …
    int offset;  ///< … wall time minus UTC, in seconds
  };

  /// Reads the file once and keeps it. Throws std::runtime_error when there is no such zone.
  static const Zone& named(const std::string& name);
  /// Every name of the database, zones and links, sorted.
  static const std::vector<std::string>& names();

  int offset_at(Second instant) const { return changes_[index_at(instant)].offset; }
  /// In minutes; every offset of this century is a whole number of them.
  int minutes_at(Minute instant) const { return offset_at(instant * 60) / 60; }
  /// Every change of the offset in [from, until), in order.
  std::vector<Change> changes(Second from, Second until) const;

 private:
  explicit Zone(const std::string& file);
  std::size_t index_at(Second instant) const;

  std::vector<Change> changes_;  ///< the first one holds from the beginning of time; good until 2100
};

}  // namespace oracle
