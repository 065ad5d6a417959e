#include "module_loading/loaded_module.hpp"

#include "module_loading/abi_facts.hpp"
#include "module_loading/manifest_drift.hpp"

namespace crm::app {
namespace {

sdk::Done refused(const Manifest& manifest, const std::string& why) {
  return sdk::fail(sdk::FailureKind::invalid, "module " + manifest.id + " is refused: " + why);
}

std::string to_text(SdkVersion version) {
  return std::to_string(version.major) + "." + std::to_string(version.minor);
}

sdk::Done check_facts(const Manifest& manifest) {
  constexpr SdkVersion ours{CRM_SDK_VERSION_MAJOR, CRM_SDK_VERSION_MINOR};
  // Within a major version a CRM only offers more, so a module fits later minor versions than it knows.
  if (ours < manifest.sdk_min || ours.major > manifest.sdk_max.major)
    return refused(manifest, "it wants SDK " + to_text(manifest.sdk_min) + " to " + to_text(manifest.sdk_max) +
                                 ", the CRM has " + to_text(ours));
  if (manifest.abi.empty())
    return refused(manifest, "its manifest.json carries no abi facts; build it with crm_module()");
  if (const auto difference = abi_difference(CRM_SDK_ABI_BLOCK, manifest.abi)) return refused(manifest, *difference);
  return {};
}

}  // namespace

sdk::Done LoadedModule::create(const std::string& folder, const Manifest& manifest) {
  const CrmModuleEntry& entry = library_->entry();
  if (manifest.id != entry.id) return refused(manifest, std::string("its library says id ") + entry.id);
  if (manifest.version != entry.version)
    return refused(manifest,
                   "its library says version " + std::string(entry.version) + ", its manifest " + manifest.version);
  module_ = entry.create();
  if (module_ == nullptr) return refused(manifest, "create() gave nothing");
  CollectingLoader loader(registrations_);
  if (auto done = module_->load(loader, services_, folder); !done)
    return refused(manifest, "load(): " + done.error().message);
  loader.close();
  if (const auto drift = manifest_drift(manifest, registrations_); !drift.empty()) {
    std::string all;
    for (const auto& one : drift) all += (all.empty() ? "" : "; ") + one;
    return refused(manifest, all);
  }
  return {};
}

/// A library of another compiler or SDK version can crash the process with its first call, so nothing is called
/// before everything that can be compared was compared: the manifest's facts before the file is opened
/// (check_facts), the block in the library before any function of it runs (ModuleLibrary::open), its id and
/// version, and at last what load() registered (create). A difference at any step refuses the module; `loaded`
/// then unloads what was opened so far.
sdk::Outcome<std::unique_ptr<LoadedModule>> LoadedModule::load(const std::string& folder, const Manifest& manifest,
                                                               const sdk::Services& services,
                                                               const std::string& copy_folder) noexcept {
  if (auto done = check_facts(manifest); !done) return sdk::fail(done.error());
  std::unique_ptr<LoadedModule> loaded(new LoadedModule(services));
  auto library = ModuleLibrary::open(folder + "/" + manifest.library, copy_folder);
  if (!library) return sdk::fail(library.error());
  loaded->library_ = std::move(*library);
  if (auto done = loaded->create(folder, manifest); !done) return sdk::fail(done.error());
  return loaded;
}

LoadedModule::~LoadedModule() {
  (void)unload();
}

sdk::Done LoadedModule::start() noexcept {
  return module_->start();
}

sdk::Done LoadedModule::unload() noexcept {
  if (!library_) return {};
  if (module_ != nullptr) {
    // First stop(), which joins the module's threads; then the functions, whose code lies in the library; then the
    // module itself; at last the library.
    module_->stop();
    registrations_ = {};
    library_->entry().destroy(module_);
    module_ = nullptr;
  }
  auto closed = library_->close();
  library_.reset();
  return closed;
}

}  // namespace crm::app
