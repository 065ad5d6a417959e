# How a room becomes a target: crm_room(NAME [DEPENDS targets…]) compiles every .cpp of the current
# folder (not below) into one static library. An include that has no arrow in DEPENDS does not compile
# or link.
add_library(crm_build_flags INTERFACE)
target_compile_options(crm_build_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Werror
  -fvisibility=hidden -fvisibility-inlines-hidden -fno-gnu-unique)
# At -O3 GCC 12 sees overlapping copies inside std::string where there are none (GCC bug 105651).
target_compile_options(crm_build_flags INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
target_compile_definitions(crm_build_flags INTERFACE BOOST_DLL_USE_STD_FS)
if(CRM_SANITIZER)
  # UBSan's vptr, null and alignment checks double the compile time on Poco templates.
  # GCC 12 sees uninitialised members of std::variant where its own instrumentation stands; the ordinary
  # build keeps that warning.
  target_compile_options(crm_build_flags INTERFACE -fsanitize=${CRM_SANITIZER} -fno-omit-frame-pointer
    -Wno-maybe-uninitialized)
  if(CRM_SANITIZER MATCHES undefined)
    target_compile_options(crm_build_flags INTERFACE -fno-sanitize=vptr,null,alignment -fno-sanitize-recover=undefined)
  endif()
  target_link_options(crm_build_flags INTERFACE -fsanitize=${CRM_SANITIZER})
endif()

function(crm_room NAME)
  cmake_parse_arguments(ARG "" "" "DEPENDS;SOURCES" ${ARGN})
  file(GLOB FOUND CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(APPEND FOUND ${ARG_SOURCES})
  if(FOUND)
    add_library(${NAME} STATIC ${FOUND})
    target_link_libraries(${NAME} PUBLIC ${ARG_DEPENDS} PRIVATE crm_build_flags)
  else()
    add_library(${NAME} INTERFACE)
    target_link_libraries(${NAME} INTERFACE ${ARG_DEPENDS})
  endif()
endfunction()
# Poco's and GoogleTest's headers dominate compile time: several files in one translation unit share them.
option(CRM_UNITY "Compile several files of a target together" OFF)
set(CMAKE_UNITY_BUILD ${CRM_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 6)
if(CRM_UNITY)
  # True only of files that share a translation unit; the release build, which compiles each alone, still asks.
  target_compile_options(crm_build_flags INTERFACE -Wno-shadow -Wno-subobject-linkage)
endif()

# Every library a module may use, linked by whoever loads modules: what the program does not hold is
# unmapped and mapped with the module, and leaks on each round (toolchain notes, section 3).
add_library(crm_outliving_libraries INTERFACE)
target_link_options(crm_outliving_libraries INTERFACE LINKER:--no-as-needed)
target_link_libraries(crm_outliving_libraries INTERFACE
  Poco::Foundation Poco::Net Poco::NetSSL Poco::JSON Poco::XML Poco::Data Poco::DataPostgreSQL Poco::Crypto Poco::Util
  ICU::uc ICU::i18n ICU::data OpenSSL::SSL OpenSSL::Crypto cctz::cctz phonenumber::phonenumber)
find_library(CRM_ICAL_LIBRARY ical)
if(CRM_ICAL_LIBRARY)
  target_link_libraries(crm_outliving_libraries INTERFACE ${CRM_ICAL_LIBRARY})
endif()
