# cmake -DSQL_DIR=… -DOUTPUT=… -P EmbedSql.cmake
# Turns sql/queries/<repository>/<verb>.sql into scheduling::sql::<repository>::<verb>, a crm::sdk::Statement.
# The header lines (-- why, -- index, -- returns) stay in the file; a query without them stops the build.
file(GLOB_RECURSE files ${SQL_DIR}/*.sql)
list(SORT files)
set(out "#pragma once\n// Generated from sql/queries. Do not edit.\n#include \"crm/sdk/database.hpp\"\n\n")
foreach(path IN LISTS files)
  file(READ "${path}" text)
  get_filename_component(verb "${path}" NAME_WE)
  get_filename_component(folder "${path}" DIRECTORY)
  get_filename_component(repository "${folder}" NAME)
  foreach(header "-- why: " "-- index: " "-- returns: ")
    string(FIND "${text}" "${header}" at)
    if(at EQUAL -1)
      message(FATAL_ERROR "${path} has no line '${header}…'")
    endif()
  endforeach()
  string(REGEX REPLACE "(^|\n)--[^\n]*" "" text "${text}")
  string(STRIP "${text}" text)
  string(APPEND out "namespace scheduling::sql::${repository} {\n"
    "inline constexpr crm::sdk::Statement ${verb}{\"scheduling.${repository}.${verb}\", R\"sql(${text})sql\"};\n"
    "}\n")
endforeach()
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" before)
endif()
if(NOT "${before}" STREQUAL "${out}")
  file(WRITE "${OUTPUT}" "${out}")
endif()
