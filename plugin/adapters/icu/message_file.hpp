#pragma once
/// A file of messages, as translators write it: `key = text` lines, `#` comments, blank lines. UTF-8; a byte order
/// mark and Windows line ends do no harm.
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace scheduling {

struct MessageLine {
  std::size_t line = 0;
  std::string key{};
  std::string pattern{};
  std::string remark{};  ///< the comment lines right above it
};

struct MessageFile {
  std::string name{};  ///< "de/mail.txt"
  std::vector<MessageLine> messages{};
  std::vector<std::string> offences{};  ///< "de/mail.txt:12: …", what does not read as a message
};

/// A missing file is an offence too.
MessageFile read_message_file(const std::filesystem::path& path);

}  // namespace scheduling
