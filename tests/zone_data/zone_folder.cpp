#include "tests/zone_data/zone_folder.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace scheduling::test {
namespace {

const std::filesystem::path k_system = "/usr/share/zoneinfo";

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path.string() + " is missing: install tzdata");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// What the command says when it fails; empty when it does not.
std::string complaint_of(const std::string& command) {
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("no pipe");
  std::string said;
  std::array<char, 512> piece{};
  while (std::fgets(piece.data(), piece.size(), pipe) != nullptr) said += piece.data();
  if (::pclose(pipe) == 0) return {};
  return said.empty() ? "it failed" : said;
}

}  // namespace

ZoneFolder::ZoneFolder(std::string version) : version_(std::move(version)) {
  std::string name = (std::filesystem::temp_directory_path() / "zone-data-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
  text_ = read(k_system / "tzdata.zi");
  text_.erase(0, text_.find('\n') + 1);
}

ZoneFolder::~ZoneFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

ZoneFolder& ZoneFolder::change(const std::string& zone, const std::string& until, const std::string& after) {
  const std::size_t start = text_.find("\nZ " + zone + " ");
  if (start == std::string::npos) throw std::runtime_error("no zone " + zone);
  // A zone's lines go on until one begins with a letter; its last one has no end.
  std::size_t end = text_.find('\n', start + 1);
  while (end + 1 < text_.size() && text_[end + 1] != 'Z' && text_[end + 1] != 'L' && text_[end + 1] != 'R')
    end = text_.find('\n', end + 1);
  text_.insert(end, " " + until + "\n" + after);
  return *this;
}

ZoneFolder& ZoneFolder::link(const std::string& alias, const std::string& zone) {
  const std::size_t start = text_.find("\nZ " + alias + " ");
  if (start != std::string::npos) {
    std::size_t end = text_.find('\n', start + 1);
    while (text_[end + 1] != 'Z' && text_[end + 1] != 'L' && text_[end + 1] != 'R') end = text_.find('\n', end + 1);
    text_.erase(start, end - start);
  }
  text_ += "L " + zone + " " + alias + "\n";
  return *this;
}

ZoneFolder& ZoneFolder::build() {
  rewrite_version(version_);
  write("zone.tab", read(k_system / "zone.tab"));
  const std::string command = "/usr/sbin/zic -b fat -d '" + path() + "' '" + file("tzdata.zi").string() + "'";
  if (const std::string said = complaint_of(command); !said.empty()) throw std::runtime_error("zic: " + said);
  return *this;
}

void ZoneFolder::rewrite_version(const std::string& version) {
  write("tzdata.zi", "# version " + version + "\n" + text_);
}

void ZoneFolder::write(const std::string& name, const std::string& text) const {
  std::ofstream(folder_ / name) << text;
}

}  // namespace scheduling::test
