#pragma once
/// A folder of zone data as a system might have it: made from this system's own source text, with changes,
/// and compiled by zic.
#include <filesystem>
#include <string>

namespace scheduling::test {

class ZoneFolder {
 public:
  /// The system's data under a version of its own. Nothing is compiled before build().
  explicit ZoneFolder(std::string version);
  ~ZoneFolder();
  ZoneFolder(const ZoneFolder&) = delete;
  ZoneFolder& operator=(const ZoneFolder&) = delete;

  /// The rules of `zone` end at `until` ("2025 F 1", zic's words); from then on `after` holds: "-5 - EST".
  ZoneFolder& change(const std::string& zone, const std::string& until, const std::string& after);
  /// `alias` becomes a link to `zone`, whatever it was.
  ZoneFolder& link(const std::string& alias, const std::string& zone);
  /// Writes tzdata.zi and zone.tab and compiles them. Throws what zic says when it does not like them.
  ZoneFolder& build();
  /// Only tzdata.zi, under another version: as an upgrade leaves it for a process that has read the rest.
  void rewrite_version(const std::string& version);

  std::string path() const { return folder_.string(); }
  std::filesystem::path file(const std::string& name) const { return folder_ / name; }

 private:
  void write(const std::string& name, const std::string& text) const;

  std::filesystem::path folder_;
  std::string version_;
  std::string text_;  ///< tzdata.zi without its first line
};

}  // namespace scheduling::test
