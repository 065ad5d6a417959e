# Every library of the project, found once. Debian's packages of some ship no CMake config:
# cctz and libphonenumber are found by hand, argon2 by pkg-config.
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PostgreSQL 15 REQUIRED)
if(NOT TARGET PostgreSQL::client)
  # Debian's PocoDataPostgreSQLConfig refers to this target and never defines it.
  add_library(PostgreSQL::client INTERFACE IMPORTED GLOBAL)
  target_link_libraries(PostgreSQL::client INTERFACE PostgreSQL::PostgreSQL)
endif()
find_package(Poco 1.11 CONFIG REQUIRED COMPONENTS Foundation Net NetSSL JSON XML Data DataPostgreSQL Crypto Util)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n data)
find_package(Boost 1.74 CONFIG REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(ARGON2 REQUIRED IMPORTED_TARGET libargon2)

find_path(CCTZ_INCLUDE_DIR cctz/time_zone.h REQUIRED)
find_library(CCTZ_LIBRARY cctz REQUIRED)
add_library(cctz::cctz INTERFACE IMPORTED GLOBAL)
target_include_directories(cctz::cctz INTERFACE ${CCTZ_INCLUDE_DIR})
target_link_libraries(cctz::cctz INTERFACE ${CCTZ_LIBRARY})

find_path(PHONENUMBER_INCLUDE_DIR phonenumbers/phonenumberutil.h REQUIRED)
find_library(PHONENUMBER_LIBRARY phonenumber REQUIRED)
add_library(phonenumber::phonenumber INTERFACE IMPORTED GLOBAL)
target_include_directories(phonenumber::phonenumber INTERFACE ${PHONENUMBER_INCLUDE_DIR})
target_link_libraries(phonenumber::phonenumber INTERFACE ${PHONENUMBER_LIBRARY})

find_path(MUSTACHE_INCLUDE_DIR kainjow/mustache.hpp REQUIRED)
find_path(EXPECTED_INCLUDE_DIR tl/expected.hpp REQUIRED)

execute_process(COMMAND pg_config --bindir OUTPUT_VARIABLE CRM_PG_BINDIR OUTPUT_STRIP_TRAILING_WHITESPACE)

if(CRM_BUILD_TESTS)
  find_package(GTest CONFIG REQUIRED)
  include(GoogleTest)
endif()
if(CRM_BUILD_BENCHMARKS)
  find_package(benchmark CONFIG REQUIRED)
endif()
