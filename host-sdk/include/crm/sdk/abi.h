/// The binary border between a CRM host and a module.
///
/// A module is a shared library that exports exactly one symbol, `crm_module_entry`. Host and module
/// exchange C++ interfaces, so they must come from one toolchain. This block proves it: the host
/// compares it field by field **before** it makes any call into the module, and a difference is
/// reported with the field's name and both values.
///
/// Layout:  plain integers only; `length` comes first for ever, so that any later host can read the
///          block of any earlier module. Fields are appended, never reordered or reused.
/// Since:   SDK 1.0
#ifndef CRM_SDK_ABI_H
#define CRM_SDK_ABI_H

#include <stdint.h>

#include <Poco/Version.h>

#define CRM_SDK_VERSION_MAJOR 1
#define CRM_SDK_VERSION_MINOR 2

#if defined(__SANITIZE_ADDRESS__)
#define CRM_SDK_SANITIZER 1
#elif defined(__SANITIZE_THREAD__)
#define CRM_SDK_SANITIZER 2
#else
#define CRM_SDK_SANITIZER 0
#endif

#if defined(_GLIBCXX_DEBUG)
#define CRM_SDK_STDLIB_DEBUG 1
#else
#define CRM_SDK_STDLIB_DEBUG 0
#endif

#if defined(__clang__)
#define CRM_SDK_COMPILER (2000000 + __clang_major__)
#else
#define CRM_SDK_COMPILER (1000000 + __GNUC__)
#endif

extern "C" {

struct CrmAbiBlock {
  uint32_t length;           ///< sizeof(CrmAbiBlock) in the side that filled it
  uint32_t sdk_major;        ///< must be equal
  uint32_t sdk_minor;        ///< the module's must not exceed the host's
  uint32_t compiler;         ///< family * 1000000 + major version; must be equal
  uint32_t cxx_abi;          ///< __GXX_ABI_VERSION; must be equal
  uint32_t cxx_standard;     ///< __cplusplus, for example 202002; must be equal
  uint32_t stdlib_release;   ///< _GLIBCXX_RELEASE; must be equal
  uint32_t stdlib_dual_abi;  ///< _GLIBCXX_USE_CXX11_ABI; must be equal
  uint32_t stdlib_debug;     ///< 1 when built with _GLIBCXX_DEBUG; must be equal
  uint32_t poco_version;     ///< POCO_VERSION; must be equal
  uint32_t pointer_bits;     ///< must be equal
  uint32_t sanitizer;        ///< 0 none, 1 address, 2 thread; must be equal
};

}  // extern "C"

/// The block of the translation unit that calls it. Both sides use this one definition.
#define CRM_SDK_ABI_BLOCK                                                                                   \
  CrmAbiBlock {                                                                                             \
    sizeof(CrmAbiBlock), CRM_SDK_VERSION_MAJOR, CRM_SDK_VERSION_MINOR, CRM_SDK_COMPILER, __GXX_ABI_VERSION, \
        static_cast<uint32_t>(__cplusplus), _GLIBCXX_RELEASE, _GLIBCXX_USE_CXX11_ABI, CRM_SDK_STDLIB_DEBUG, \
        POCO_VERSION, sizeof(void*) * 8, CRM_SDK_SANITIZER                                                  \
  }

#endif
