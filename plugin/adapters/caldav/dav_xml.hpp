#pragma once
/// The XML of WebDAV answers. A server is a stranger: no document types, no entities of its own, bounded depth and
/// size.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scheduling {

inline constexpr std::string_view k_dav = "{DAV:}";
inline constexpr std::string_view k_caldav = "{urn:ietf:params:xml:ns:caldav}";
inline constexpr std::string_view k_calendarserver = "{http://calendarserver.org/ns/}";

struct XmlElement {
  std::string name{};  ///< "{DAV:}href"
  std::string text{};  ///< its own characters, without those of its children
  std::vector<std::pair<std::string, std::string>> attributes{};
  std::vector<XmlElement> children{};

  /// Null when there is none.
  const XmlElement* child(std::string_view space, std::string_view local) const;
  bool has(std::string_view space, std::string_view local) const { return child(space, local) != nullptr; }
  std::string attribute(std::string_view local) const;
};

std::optional<XmlElement> parse_xml(std::string_view text);
/// For text and for attributes in double quotes; what XML 1.0 cannot hold is left out.
std::string xml_escaped(std::string_view text);

struct DavMember {
  std::string href{};                ///< as the server writes it
  int status = 200;                  ///< of the member as a whole
  std::vector<XmlElement> values{};  ///< properties that the server gave
  /// Null when the server gave none.
  const XmlElement* value(std::string_view space, std::string_view local) const;
  std::string text(std::string_view space, std::string_view local) const;
};

struct Multistatus {
  std::vector<DavMember> members{};
  std::string sync_token{};
};
std::optional<Multistatus> parse_multistatus(std::string_view text);

}  // namespace scheduling
