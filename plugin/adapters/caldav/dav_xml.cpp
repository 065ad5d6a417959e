#include "plugin/adapters/caldav/dav_xml.hpp"

#include <Poco/Exception.h>
#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/SAXParser.h>

#include <algorithm>
#include <charconv>

#include "plugin/core/text/plain_text.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_depth_max = 60;
constexpr std::size_t k_elements_max = 2'000'000;

std::string full_name(const std::string& space, const std::string& local) {
  return "{" + space + "}" + local;
}

bool is_named(const XmlElement& element, std::string_view space, std::string_view local) {
  return element.name.size() == space.size() + local.size() && element.name.starts_with(space) &&
         element.name.ends_with(local);
}

/// A document type stands before the first element, and so do the entities that it declares.
bool has_document_type(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (text.substr(at).starts_with("<!DOCTYPE")) return true;
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (next != '?' && next != '!') return false;
  }
  return false;
}

/// Nothing is thrown through the parser's C code: what is too much is noted, and the rest passed over.
class TreeBuilder final : public Poco::XML::DefaultHandler {
 public:
  void startElement(const Poco::XML::XMLString& space, const Poco::XML::XMLString& local, const Poco::XML::XMLString&,
                    const Poco::XML::Attributes& attributes) override {
    if (is_too_much_ || open_.size() >= k_depth_max || ++count_ > k_elements_max) {
      is_too_much_ = true;
      return;
    }
    XmlElement element;
    element.name = full_name(space, local);
    for (int i = 0; i < attributes.getLength(); ++i)
      element.attributes.emplace_back(attributes.getLocalName(i), attributes.getValue(i));
    if (open_.empty()) {
      root_ = std::move(element);
      open_.push_back(&root_);
      return;
    }
    open_.back()->children.push_back(std::move(element));
    open_.push_back(&open_.back()->children.back());
  }
  void endElement(const Poco::XML::XMLString&, const Poco::XML::XMLString&, const Poco::XML::XMLString&) override {
    if (!is_too_much_ && !open_.empty()) open_.pop_back();
  }
  void characters(const Poco::XML::XMLChar text[], int start, int length) override {
    if (!is_too_much_ && !open_.empty()) open_.back()->text.append(text + start, static_cast<std::size_t>(length));
  }

  std::optional<XmlElement> take() {
    if (is_too_much_ || count_ == 0) return std::nullopt;
    return std::move(root_);
  }

 private:
  XmlElement root_;
  std::vector<XmlElement*> open_;
  std::size_t count_ = 0;
  bool is_too_much_ = false;
};

/// "HTTP/1.1 404 Not Found"
int status_in(const XmlElement* status, int otherwise) {
  if (!status) return otherwise;
  const std::string_view text = trimmed(status->text);
  const std::size_t space = text.find(' ');
  int number = 0;
  if (space == std::string_view::npos) return otherwise;
  const auto [end, error] = std::from_chars(text.data() + space + 1, text.data() + text.size(), number);
  return error == std::errc{} && end != text.data() + space + 1 ? number : otherwise;
}

DavMember member_in(const XmlElement& response) {
  DavMember member;
  if (const XmlElement* const href = response.child(k_dav, "href")) member.href = trimmed(href->text);
  member.status = status_in(response.child(k_dav, "status"), 200);
  for (const XmlElement& part : response.children) {
    if (!is_named(part, k_dav, "propstat") || status_in(part.child(k_dav, "status"), 200) / 100 != 2) continue;
    if (const XmlElement* const values = part.child(k_dav, "prop"))
      member.values.insert(member.values.end(), values->children.begin(), values->children.end());
  }
  return member;
}

}  // namespace

const XmlElement* XmlElement::child(std::string_view space, std::string_view local) const {
  const auto found =
      std::ranges::find_if(children, [&](const XmlElement& each) { return is_named(each, space, local); });
  return found == children.end() ? nullptr : &*found;
}

std::string XmlElement::attribute(std::string_view local) const {
  const auto found = std::ranges::find(attributes, local, &std::pair<std::string, std::string>::first);
  return found == attributes.end() ? std::string() : found->second;
}

std::optional<XmlElement> parse_xml(std::string_view text) {
  // Other encodings would hide what is looked for here; every server writes UTF-8.
  if (text.find('\0') != std::string_view::npos || has_document_type(text)) return std::nullopt;
  try {
    TreeBuilder builder;
    Poco::XML::SAXParser parser;
    parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
    parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
    parser.setFeature(Poco::XML::XMLReader::FEATURE_NAMESPACES, true);
    parser.setContentHandler(&builder);
    parser.parseMemoryNP(text.data(), text.size());
    return builder.take();
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::string xml_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default:
        if (static_cast<unsigned char>(c) >= ' ' || c == '\t' || c == '\n') out += c;
    }
  }
  return out;
}

const XmlElement* DavMember::value(std::string_view space, std::string_view local) const {
  const auto found = std::ranges::find_if(values, [&](const XmlElement& each) { return is_named(each, space, local); });
  return found == values.end() ? nullptr : &*found;
}

std::string DavMember::text(std::string_view space, std::string_view local) const {
  const XmlElement* const found = value(space, local);
  return found ? std::string(trimmed(found->text)) : std::string();
}

std::optional<Multistatus> parse_multistatus(std::string_view text) {
  const auto root = parse_xml(text);
  if (!root || !is_named(*root, k_dav, "multistatus")) return std::nullopt;
  Multistatus out;
  for (const XmlElement& each : root->children)
    if (is_named(each, k_dav, "response")) out.members.push_back(member_in(each));
  if (const XmlElement* const token = root->child(k_dav, "sync-token")) out.sync_token = trimmed(token->text);
  return out;
}

}  // namespace scheduling
