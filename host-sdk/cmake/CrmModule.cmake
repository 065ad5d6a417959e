# crm_module(ID
#   MANIFEST file            its "id" is ID, its "library" ID.so
#   [SOURCES files…]         or everything through DEPENDS, one of which defines CRM_SDK_MODULE
#   [DEPENDS targets…]
#   [FOLDERS name=path…]     copied beside the library: migrations=…, assets=…, templates=…
#   [FILES files…]
#   [OUTPUT folder])         default: ${CMAKE_BINARY_DIR}/modules
#
# Builds OUTPUT/ID/{ID.so, manifest.json, …}, so that `crm-host --plugin-dir OUTPUT` finds it. The target
# `modules` builds them all.
set(CRM_MODULE_FACTS_SOURCE ${CMAKE_CURRENT_LIST_DIR}/abi_facts_main.cpp)

function(crm_module ID)
  cmake_parse_arguments(ARG "EXCLUDE_FROM_MODULES" "MANIFEST;OUTPUT" "SOURCES;DEPENDS;FOLDERS;FILES" ${ARGN})
  if(NOT ARG_OUTPUT)
    set(ARG_OUTPUT ${CMAKE_BINARY_DIR}/modules)
  endif()
  set(TARGET ${ID})
  set(FOLDER ${ARG_OUTPUT}/${ID})
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${ARG_MANIFEST})
    set(ARG_MANIFEST ${CMAKE_CURRENT_SOURCE_DIR}/${ARG_MANIFEST})
  endif()
  if(NOT ARG_SOURCES)
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${ID}_empty.cpp "// Everything comes from the linked rooms.\n")
    set(ARG_SOURCES ${CMAKE_CURRENT_BINARY_DIR}/${ID}_empty.cpp)
  endif()

  add_library(${TARGET} SHARED ${ARG_SOURCES})
  target_link_libraries(${TARGET} PRIVATE ${ARG_DEPENDS} crm_sdk)
  # Inline statics of Boost and others become STB_GNU_UNIQUE symbols, which keep a library mapped for ever.
  target_compile_options(${TARGET} PRIVATE -fPIC -fvisibility=hidden -fvisibility-inlines-hidden -fno-gnu-unique)
  target_link_options(${TARGET} PRIVATE LINKER:-u,crm_module_entry)
  set_target_properties(${TARGET} PROPERTIES PREFIX "" OUTPUT_NAME ${ID} LIBRARY_OUTPUT_DIRECTORY ${FOLDER})

  add_executable(${TARGET}_facts EXCLUDE_FROM_ALL ${CRM_MODULE_FACTS_SOURCE})
  target_link_libraries(${TARGET}_facts PRIVATE crm_sdk)
  set_target_properties(${TARGET}_facts PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  foreach(one ${TARGET} ${TARGET}_facts)
    if(TARGET crm_build_flags)
      target_link_libraries(${one} PRIVATE crm_build_flags)
    endif()
  endforeach()
  if(NOT CRM_SANITIZER)  # a sanitizer's runtime is the program's, so its symbols are undefined here
    target_link_options(${TARGET} PRIVATE LINKER:-z,defs)
  endif()

  add_custom_command(OUTPUT ${FOLDER}/manifest.json
    COMMAND ${CMAKE_COMMAND} -E make_directory ${FOLDER}
    COMMAND ${TARGET}_facts ${ARG_MANIFEST} ${FOLDER}/manifest.json
    DEPENDS ${ARG_MANIFEST} ${TARGET}_facts VERBATIM)
  set(COPIES)
  set(INPUTS ${ARG_FILES})
  foreach(pair ${ARG_FOLDERS})
    string(REPLACE "=" ";" pair ${pair})
    list(GET pair 0 name)
    list(GET pair 1 path)
    file(GLOB_RECURSE inside CONFIGURE_DEPENDS ${path}/*)
    list(APPEND INPUTS ${inside})
    # Files that are gone from the source must be gone from the copy: migrations are compared.
    list(APPEND COPIES COMMAND ${CMAKE_COMMAND} -E rm -rf ${FOLDER}/${name}
                       COMMAND ${CMAKE_COMMAND} -E copy_directory ${path} ${FOLDER}/${name})
  endforeach()
  if(ARG_FILES)
    list(APPEND COPIES COMMAND ${CMAKE_COMMAND} -E copy_if_different ${ARG_FILES} ${FOLDER})
  endif()
  add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${ID}.files
    COMMAND ${CMAKE_COMMAND} -E make_directory ${FOLDER} ${COPIES}
    COMMAND ${CMAKE_COMMAND} -E touch ${CMAKE_CURRENT_BINARY_DIR}/${ID}.files
    DEPENDS ${INPUTS} VERBATIM)
  add_custom_target(${TARGET}_folder ALL DEPENDS ${FOLDER}/manifest.json ${CMAKE_CURRENT_BINARY_DIR}/${ID}.files)
  add_dependencies(${TARGET}_folder ${TARGET})
  if(NOT ARG_EXCLUDE_FROM_MODULES)
    if(NOT TARGET modules)
      add_custom_target(modules)
    endif()
    add_dependencies(modules ${TARGET}_folder)
  endif()
endfunction()
