#include "tests/mail/second_reader.hpp"

#include <Poco/JSON/Parser.h>
#include <Poco/TemporaryFile.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace scheduling::test {
namespace {

constexpr const char* k_none = "(none)";

void run_reader(const std::string& folder) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl(MAIL_TEST_PYTHON, "python3", "-B", MAIL_TEST_READER, folder.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error("the second reader failed");
}

std::vector<Json> read(const std::vector<std::string>& files, const char* suffix) {
  const Poco::TemporaryFile folder;
  std::filesystem::create_directory(folder.path());
  for (std::size_t i = 0; i < files.size(); ++i) {
    char name[32];
    std::snprintf(name, sizeof name, "/%06zu%s", i, suffix);
    std::ofstream(folder.path() + name, std::ios::binary) << files[i];
  }
  run_reader(folder.path());
  std::ifstream answer(folder.path() + "/read.json", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(answer), {}};
  const auto list = Poco::JSON::Parser().parse(text).extract<Poco::JSON::Array::Ptr>();
  std::vector<Json> out;
  for (std::size_t i = 0; i < list->size(); ++i) out.push_back(list->getObject(static_cast<unsigned>(i)));
  if (out.size() != files.size()) throw std::runtime_error("the second reader lost a file");
  return out;
}

std::string text_of(const Poco::Dynamic::Var& value) {
  return value.isEmpty() ? k_none : value.convert<std::string>();
}

}  // namespace

std::vector<Json> read_mails(const std::vector<std::string>& messages) {
  return read(messages, ".eml");
}
std::vector<Json> read_calendars(const std::vector<std::string>& files) {
  return read(files, ".ics");
}

std::string faults(const Json& read) {
  std::string out;
  for (const auto& fault : *read->getArray("faults")) out += fault.convert<std::string>() + "\n";
  return out;
}

std::string text_at(const Json& read, const std::string& path) {
  const auto dot = path.find('.');
  if (!read) return k_none;
  if (dot == std::string::npos) return read->has(path) ? text_of(read->get(path)) : k_none;
  return text_at(read->getObject(path.substr(0, dot)), path.substr(dot + 1));
}

Json part(const Json& mail, const std::vector<unsigned>& path) {
  Json at = mail->getObject("body");
  for (const unsigned index : path) at = at && at->has("parts") ? at->getArray("parts")->getObject(index) : nullptr;
  return at;
}

std::string outline(const Json& part) {
  std::string out = text_at(part, "type");
  if (!part->has("parts")) return out;
  const auto parts = part->getArray("parts");
  for (unsigned i = 0; i < parts->size(); ++i) out += (i == 0 ? "{" : ", ") + outline(parts->getObject(i));
  return out + "}";
}

std::vector<Property> properties(const Json& calendar, const std::string& component, const std::string& name) {
  std::vector<Property> out;
  const auto all = calendar->getArray("properties");
  for (unsigned i = 0; i < all->size(); ++i) {
    const Json one = all->getObject(i);
    if (text_at(one, "in") == component && text_at(one, "name") == name)
      out.push_back({text_at(one, "value"), one->getObject("params")});
  }
  return out;
}

std::string property(const Json& calendar, const std::string& component, const std::string& name) {
  const auto all = properties(calendar, component, name);
  return all.empty() ? k_none : all.size() > 1 ? "(several)" : all.front().value;
}

}  // namespace scheduling::test
