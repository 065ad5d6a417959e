#include "plugin/adapters/html/built_files.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <fstream>

namespace scheduling {
namespace {

constexpr const char* k_prefix = "/schedule/assets/built/";

}  // namespace

Result<BuiltEntry> load_built_entry(const std::string& folder, std::string_view source) {
  const std::string file = folder + "/assets/built/manifest.json";
  const auto broken = [&](const std::string& what) { return fail(make_error(Code::broken, file + ": " + what)); };
  std::ifstream in(file);
  if (!in) return broken("cannot be read");
  try {
    Poco::JSON::Parser parser;
    const auto manifest = parser.parse(in).extract<Poco::JSON::Object::Ptr>();
    const auto entry = manifest->getObject(std::string(source));
    if (!entry) return broken("does not know " + std::string(source));
    BuiltEntry built{k_prefix + entry->getValue<std::string>("file"), {}};
    if (const auto styles = entry->getArray("css"))
      for (const auto& name : *styles) built.stylesheets.push_back(k_prefix + name.extract<std::string>());
    return built;
  } catch (const Poco::Exception& error) {
    return broken(error.displayText());
  }
}

}  // namespace scheduling
