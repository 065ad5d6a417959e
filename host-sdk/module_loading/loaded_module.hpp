#pragma once
/// A module from opening its library to letting it go.
///
/// Thread: one at a time; the registrations' functions may run on any thread until unload().
/// Owner:  whoever takes functions out of registrations() must have destroyed them before unload().
#include <memory>
#include <string>

#include "module_loading/manifest.hpp"
#include "module_loading/module_library.hpp"
#include "module_loading/registrations.hpp"

namespace crm::app {

class LoadedModule {
 public:
  /// Checks the manifest's SDK range and ABI facts, opens the library, compares its block, id and
  /// version, calls create() and load(), and compares what was registered with the manifest. Any
  /// difference is `invalid` and names it; nothing stays loaded then.
  static sdk::Outcome<std::unique_ptr<LoadedModule>> load(const std::string& folder, const Manifest& manifest,
                                                          const sdk::Services& services,
                                                          const std::string& copy_folder) noexcept;
  ~LoadedModule();

  Registrations& registrations() { return registrations_; }
  const std::string& copy_file() const { return library_->copy_file(); }
  sdk::Done start() noexcept;
  /// stop(), destroy(), unload. `broken` when the image stayed mapped.
  sdk::Done unload() noexcept;

 private:
  explicit LoadedModule(const sdk::Services& services) : services_(services) {}
  sdk::Done create(const std::string& folder, const Manifest& manifest);

  sdk::Services services_;  ///< what the module was given a reference to
  std::unique_ptr<ModuleLibrary> library_;
  sdk::Module* module_ = nullptr;
  Registrations registrations_;
};

}  // namespace crm::app
