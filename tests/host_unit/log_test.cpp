#include "reference_host/system/json_log.hpp"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace crm::app {
namespace {

/// A pipe whose written lines can be read back.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe(ends_), 0); }
  ~Pipe() {
    ::close(ends_[0]);
    close_writer();
  }
  int writer() const { return ends_[1]; }
  void close_writer() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }
  /// Until the writer is closed.
  std::string read_all() const {
    std::string text;
    char part[65536];
    for (ssize_t n; (n = ::read(ends_[0], part, sizeof part)) > 0;) text.append(part, static_cast<std::size_t>(n));
    return text;
  }
  std::vector<std::string> lines() {
    close_writer();
    std::vector<std::string> out;
    std::istringstream in(read_all());
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
  }
  int reader() const { return ends_[0]; }

 private:
  int ends_[2] = {-1, -1};
};

Poco::JSON::Object::Ptr parsed(const std::string& line) {
  Poco::JSON::Parser parser;
  return parser.parse(line).extract<Poco::JSON::Object::Ptr>();
}

TEST(Log, WritesOneJsonObjectALineWhateverIsLogged) {
  Pipe pipe;
  {
    JsonLog log(pipe.writer());
    log.info("plain", {{"name", "Zoë"}});
    log.warning("hostile", {{"name", "a\"\n{}\\\x01\x7f</script>"}, {"broken", "x\xff\xfe"}});
    log.write(sdk::LogLevel::debug, "too fine", {});
  }
  const auto lines = pipe.lines();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(parsed(lines[0])->getValue<std::string>("name"), "Zoë");
  EXPECT_EQ(parsed(lines[0])->getValue<std::string>("level"), "info");
  EXPECT_EQ(parsed(lines[1])->getValue<std::string>("name"), "a\"\n{}\\\x01?</script>");
  EXPECT_EQ(parsed(lines[1])->getValue<std::string>("broken"), "x??");
  EXPECT_EQ(lines[1].find('<'), std::string::npos);
}

TEST(Log, FlushReturnsAfterTheLinesAreWritten) {
  Pipe pipe;
  JsonLog log(pipe.writer());
  log.write_line("{\"access\":1}");
  log.flush();
  ASSERT_EQ(::fcntl(pipe.reader(), F_SETFL, O_NONBLOCK), 0);
  char text[64];
  EXPECT_EQ(::read(pipe.reader(), text, sizeof text), 13);
}

TEST(Log, KeepsEveryLineOfManyThreads) {
  Pipe pipe;
  std::vector<std::string> lines;
  std::jthread reader([&] {
    std::istringstream in(pipe.read_all());
    for (std::string line; std::getline(in, line);) lines.push_back(line);
  });
  {
    JsonLog log(pipe.writer());
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t)
      threads.emplace_back([&] {
        for (int i = 0; i < 1000; ++i) log.write_line("{\"n\":1}");
      });
  }
  pipe.close_writer();
  reader.join();
  EXPECT_EQ(lines.size(), 8000u);
  for (const std::string& line : lines) ASSERT_EQ(line, "{\"n\":1}");
}

TEST(Log, DropsAndCountsLinesInsteadOfWaitingForAStuckReader) {
  Pipe pipe;
  const std::string line(1024, 'x');
  constexpr int k_lines = 10'000;  // more than pipe and buffer hold
  std::string text;
  std::thread reader;
  {
    JsonLog log(pipe.writer());
    for (int i = 0; i < k_lines; ++i) log.write_line(line);  // nobody reads: must return all the same
    reader = std::thread([&] { text = pipe.read_all(); });
  }
  pipe.close_writer();
  reader.join();
  int written = 0, dropped = 0;
  std::istringstream in(text);
  for (std::string one; std::getline(in, one);) {
    constexpr std::string_view before = R"("event":"log.dropped","lines":")";
    const std::size_t at = one.find(before);
    if (at == std::string::npos)
      ++written;
    else
      dropped += std::stoi(one.substr(at + before.size()));
  }
  EXPECT_GT(written, 1000);
  EXPECT_GT(dropped, 0);
  EXPECT_EQ(written + dropped, k_lines) << "each line is there or counted";
}

}  // namespace
}  // namespace crm::app
