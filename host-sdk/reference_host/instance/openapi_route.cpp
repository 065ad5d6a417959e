#include "reference_host/instance/openapi_route.hpp"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <set>
#include <sstream>

#include "crm/sdk/guard.hpp"

namespace crm::app {
namespace {

using Poco::JSON::Object;

Object::Ptr parse(const std::string& text) {
  Poco::JSON::Parser parser;
  return parser.parse(text).extract<Object::Ptr>();
}

Object::Ptr member(Object::Ptr object, const std::string& name) {
  Object::Ptr found = object->getObject(name);
  if (found.isNull()) {
    found = new Object;
    object->set(name, found);
  }
  return found;
}

/// Puts the members of `from` into `into`; the name of the first that is there already with another value.
std::string add_members(Object::Ptr into, const Object::Ptr& from) {
  for (const auto& [name, value] : *from) {
    if (into->has(name)) {
      if (into->get(name).toString() != value.toString()) return name;
      continue;
    }
    into->set(name, value);
  }
  return {};
}

/// Tags of one name are one tag.
void add_tags(Object::Ptr base, const Object::Ptr& other) {
  const auto tags = other->getArray("tags");
  if (tags.isNull()) return;
  Poco::JSON::Array::Ptr all = base->getArray("tags");
  if (all.isNull()) all = new Poco::JSON::Array;
  std::set<std::string> names;
  for (unsigned i = 0; i < all->size(); ++i) names.insert(all->getObject(i)->optValue<std::string>("name", ""));
  for (unsigned i = 0; i < tags->size(); ++i)
    if (names.insert(tags->getObject(i)->optValue<std::string>("name", "")).second) all->add(tags->getObject(i));
  base->set("tags", all);
}

/// What a module says of itself stands under its title, below the CRM's own description.
void add_description(Object::Ptr base, const Object::Ptr& other) {
  const auto theirs = other->getObject("info");
  if (theirs.isNull()) return;
  Object::Ptr info = member(base, "info");
  std::string text = info->optValue<std::string>("description", "");
  text += "\n\n# " + theirs->optValue<std::string>("title", "");
  text += "\n\n" + theirs->optValue<std::string>("description", "");
  info->set("description", text);
}

std::string join(Object::Ptr base, const Object::Ptr& other) {
  add_description(base, other);
  add_tags(base, other);
  if (auto paths = other->getObject("paths"); !paths.isNull()) {
    if (auto twice = add_members(member(base, "paths"), paths); !twice.empty()) return "paths." + twice;
  }
  const auto components = other->getObject("components");
  if (components.isNull()) return {};
  const auto target = member(base, "components");
  for (const auto& [kind, members] : *components) {
    if (auto twice = add_members(member(target, kind), members.extract<Object::Ptr>()); !twice.empty())
      return "components." + kind + "." + twice;
  }
  return {};
}

}  // namespace

sdk::Outcome<std::string> join_documents(const std::string& base, const std::vector<std::string>& others,
                                         const std::string& server_url) {
  try {
    Object::Ptr document = parse(base);
    for (const std::string& other : others) {
      if (const std::string twice = join(document, parse(other)); !twice.empty())
        return sdk::fail(sdk::FailureKind::conflict, twice + " is described twice");
    }
    Object::Ptr server = new Object;
    server->set("url", server_url);
    Poco::JSON::Array::Ptr servers = new Poco::JSON::Array;
    servers->add(server);
    document->set("servers", servers);
    std::ostringstream out;
    document->stringify(out);
    return out.str();
  } catch (const Poco::Exception& error) {
    return sdk::fail(sdk::FailureKind::broken, "an OpenAPI document is unreadable: " + error.displayText());
  }
}

sdk::Route openapi_route(std::string host_document, std::function<std::vector<std::string>()> module_documents,
                         std::string public_url) {
  sdk::Route route;
  route.method = sdk::Method::get;
  route.pattern = "/api/v1/openapi.json";
  route.access = sdk::Access::open;
  route.rate = sdk::RateClass::page;
  route.handler = [host_document = std::move(host_document), module_documents = std::move(module_documents),
                   public_url = std::move(public_url)](const sdk::Request& request) {
    auto joined = join_documents(host_document, module_documents(), public_url);
    if (!joined) return sdk::internal_error(request.request_id);
    sdk::Response response = sdk::Response::json(200, std::move(*joined));
    response.may_compress = true;
    return response;
  };
  return route;
}

}  // namespace crm::app
