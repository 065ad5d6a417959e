#pragma once
/// Texts as mail servers carry them: ASCII in short lines, nothing lost.
#include <string>
#include <string_view>

namespace scheduling {

struct CodedText {
  std::string_view encoding;  ///< for Content-Transfer-Encoding
  std::string content;        ///< ASCII, CRLF line ends, at most 76 characters a line; none begins with a dot
};

/// Quoted-printable or base64, whichever is shorter. What a reader gets back is `text` with every line end as CRLF and
/// U+FFFD for bytes that are not UTF-8. Never holds "=_", with which a boundary can begin that no text can forge.
CodedText coded_text(std::string_view text);

/// The same in base64: for attachments, which no reader may take for text to be rewrapped.
CodedText coded_file(std::string_view text);

}  // namespace scheduling
