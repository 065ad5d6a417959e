# `cmake --install BUILD --component sdk --prefix DIR` puts the SDK where find_package(CrmHostSdk) finds it.
include(CMakePackageConfigHelpers)
set(CRM_SDK_PACKAGE_DIR lib/cmake/CrmHostSdk)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/CrmHostSdkConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/CrmHostSdkConfig.cmake INSTALL_DESTINATION ${CRM_SDK_PACKAGE_DIR})
# The version of the interface, as in crm/sdk/abi.h.
file(STRINGS ${CMAKE_CURRENT_SOURCE_DIR}/include/crm/sdk/abi.h version_lines REGEX "#define CRM_SDK_VERSION_(MAJOR|MINOR) ")
string(REGEX REPLACE "[^0-9;]" "" version_numbers "${version_lines}")
list(JOIN version_numbers "." CRM_SDK_VERSION)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/CrmHostSdkConfigVersion.cmake
  VERSION ${CRM_SDK_VERSION} COMPATIBILITY SameMajorVersion)

install(DIRECTORY include/ DESTINATION include COMPONENT sdk)
install(DIRECTORY module_loading fake_host DESTINATION include COMPONENT sdk FILES_MATCHING PATTERN "*.hpp")
install(TARGETS crm_module_loading crm_fake_host ARCHIVE DESTINATION lib/crm-host-sdk COMPONENT sdk)
install(FILES manifest.schema.json README.md DESTINATION share/crm-host-sdk COMPONENT sdk)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/CrmHostSdkConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/CrmHostSdkConfigVersion.cmake
              cmake/CrmModule.cmake cmake/abi_facts_main.cpp
        DESTINATION ${CRM_SDK_PACKAGE_DIR} COMPONENT sdk)
