# crm_openapi(FILE          the document to write
#   SOURCES files…          one holds `info`, the others one resource each
#   [SHARED file]           components of several programs
#   [MANIFEST file])        of a module: its routes and the operations must be the same
#
# Merges and checks OpenAPI files when one of them changes. A broken rule stops the build with one line that
# names the file and the place.
find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
set(CRM_OPENAPI_MERGER ${CMAKE_CURRENT_LIST_DIR}/merge_openapi.py)

function(crm_openapi FILE)
  cmake_parse_arguments(ARG "" "SHARED;MANIFEST" "SOURCES" ${ARGN})
  set(OPTIONS --version ${PROJECT_VERSION} --out ${FILE})
  if(ARG_SHARED)
    list(APPEND OPTIONS --shared ${ARG_SHARED})
  endif()
  if(ARG_MANIFEST)
    list(APPEND OPTIONS --manifest ${ARG_MANIFEST})
  endif()
  get_filename_component(FOLDER ${FILE} DIRECTORY)
  add_custom_command(OUTPUT ${FILE}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${FOLDER}
    COMMAND ${Python3_EXECUTABLE} -B ${CRM_OPENAPI_MERGER} ${OPTIONS} ${ARG_SOURCES}
    DEPENDS ${CRM_OPENAPI_MERGER} ${ARG_SOURCES} ${ARG_SHARED} ${ARG_MANIFEST} VERBATIM)
endfunction()
