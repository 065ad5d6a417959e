// One source for many modules: the build defines what shall be wrong with each.
#include <boost/version.hpp>
#include <new>

#include "crm/sdk/module.hpp"

#ifndef TINY_ABI_CHANGE
#define TINY_ABI_CHANGE
#endif
#ifndef TINY_ANSWER
#define TINY_ANSWER "one"
#endif
#ifndef TINY_PATH
#define TINY_PATH "/tiny"
#endif
#ifndef TINY_VERSION
#define TINY_VERSION "1.0.0"
#endif

/// An inline static of a template: STB_GNU_UNIQUE, and so never unmapped, without the right flags.
template <class T>
struct Counted {
  [[gnu::used]] inline static T count = 0;
};

namespace {

using namespace crm::sdk;

class Tiny final : public Module {
 public:
  Done load(Loader& loader, const HostServices&, const std::string&) noexcept override {
    ++Counted<int>::count;
    return loader.register_route({Method::get, TINY_PATH, Access::open, RateClass::none,
                                  [](const Request&) { return Response::json(200, TINY_ANSWER); }});
  }
  Done start() noexcept override { return {}; }
  void stop() noexcept override {}
};

Module* create() noexcept { return new (std::nothrow) Tiny; }
void destroy(Module* module) noexcept { delete module; }

constexpr CrmAbiBlock changed() {
  CrmAbiBlock block = CRM_SDK_ABI_BLOCK;
  TINY_ABI_CHANGE;
  return block;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const CrmModuleEntry crm_module_entry;
extern "C" const CrmModuleEntry crm_module_entry = {changed(), "tiny", TINY_VERSION, create, destroy};
