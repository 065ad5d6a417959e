# cmake -DSQL_DIR=… -DOUTPUT_DIR=… -P EmbedSql.cmake
# Writes two headers from the files below sql/:
#
# queries.hpp: sql/queries/<repository>/<verb>.sql becomes scheduling::sql::<repository>::<verb>, a
#   crm::sdk::Statement. The header lines (-- why, -- index, -- returns) stay in the file; a query without them stops
#   the build.
#
# columns.hpp: sql/columns/<table>.txt becomes scheduling::columns::<table>, an enum of the positions of the columns.
#   Row mappers read by these names (see table_row.hpp), so the order in the file is the only order there is.
#
# A query asks for the list of a table with a placeholder, with the alias of the table where it has one:
#   SELECT {{columns meeting_types t}}, p.user_id FROM meeting_types t …     t.id, t.scheduling_page_id, …
#   … RETURNING {{columns scheduling_pages}}                                 scheduling_pages.id, …
#
# sql/parts/<part>.sql is SQL that several statements share, such as the rows of the outbox. A query asks for it with the
# values of what the part takes; in the part, {{name}} stands for the value. Values hold neither | nor braces that close
# twice:
#   {{audit_rows | from: meeting | action: $7 | …}}                          INSERT INTO scheduling_audit … FROM meeting
# A part names what it takes in its line `-- takes:`. What stops the build: a part that does not exist or that no query
# uses, a value that is missing, and one that the part does not take.
#
# A line of a list is the name of a column, or `expression AS name`. An expression writes the columns of its table with
# the name of the table in front (meeting_types.name); the alias replaces that name. Lines that begin with -- and empty
# lines are not read. What stops the build: a placeholder that is not of this form, a list that does not exist, a line
# that cannot be read, a name that stands twice in a list, and a list that no query uses. Whether PostgreSQL knows the
# columns is tested with a real database: tests/sql/statements_pgtest.cpp.
cmake_minimum_required(VERSION 3.25)
set(part_placeholder "{{([a-z_0-9]+)([ \n]*\\|)")
set(placeholder "{{columns ([a-z_0-9]+)( ([a-z_0-9]+))?}}")

# Sets columns_<table> to the names, and select_<table> to the items, where @ stands for the alias.
function(read_columns path)
  get_filename_component(table "${path}" NAME_WE)
  file(READ "${path}" text)
  string(REGEX REPLACE "(^|\n)--[^\n]*" "" text "${text}")
  if(text MATCHES "[][;@]")
    message(FATAL_ERROR "${path}: a list holds none of the characters [ ] ; @")
  endif()
  string(REPLACE "\n" ";" lines "${text}")
  set(names "")
  set(items "")
  foreach(line IN LISTS lines)
    string(STRIP "${line}" line)
    if(line STREQUAL "")
      continue()
    elseif(line MATCHES "^[a-z_0-9]+$")
      set(name "${line}")
      set(item "@.${line}")
    elseif(line MATCHES "^(.+) AS ([a-z_0-9]+)$")
      set(name "${CMAKE_MATCH_2}")
      string(REGEX REPLACE "(^|[^a-z_0-9])${table}\\." "\\1@." item "${CMAKE_MATCH_1}")
    else()
      message(FATAL_ERROR "${path}: '${line}' is neither a column nor 'expression AS name'")
    endif()
    if(name IN_LIST names)
      message(FATAL_ERROR "${path}: ${name} stands there twice")
    endif()
    list(APPEND names "${name}")
    list(APPEND items "${item}")
  endforeach()
  if(names STREQUAL "")
    message(FATAL_ERROR "${path}: no columns")
  endif()
  set(columns_${table} "${names}" PARENT_SCOPE)
  set(select_${table} "${items}" PARENT_SCOPE)
endfunction()

# Sets part_<name> to the text of the part, and takes_<name> to what it takes.
function(read_part path)
  get_filename_component(name "${path}" NAME_WE)
  file(READ "${path}" text)
  if(NOT text MATCHES "-- why: " OR NOT text MATCHES "-- takes: ([a-z_, ]+)")
    message(FATAL_ERROR "${path} has no line '-- why: …' or '-- takes: …'")
  endif()
  string(REPLACE ", " ";" takes "${CMAKE_MATCH_1}")
  string(REGEX REPLACE "(^|\n)--[^\n]*" "" text "${text}")
  string(STRIP "${text}" text)
  set(part_${name} "${text}" PARENT_SCOPE)
  set(takes_${name} "${takes}" PARENT_SCOPE)
endfunction()

# Replaces the parts that stand in `text`, the query of the file, and sets used_part_<name> for each.
macro(insert_parts path)
  while(text MATCHES "${part_placeholder}")
    set(part "${CMAKE_MATCH_1}")
    set(head "${CMAKE_MATCH_0}")
    if(NOT DEFINED part_${part})
      message(FATAL_ERROR "${path}: {{${part}}}: there is no sql/parts/${part}.sql")
    endif()
    string(FIND "${text}" "${head}" start)
    string(SUBSTRING "${text}" ${start} -1 behind)
    string(FIND "${behind}" "}}" length)
    string(LENGTH "{{${part}" name_length)
    math(EXPR values_length "${length} - ${name_length}")
    string(SUBSTRING "${behind}" ${name_length} ${values_length} values)
    set(whole "{{${part}${values}}}")
    set(part_text "${part_${part}}")
    set(given "")
    while(values MATCHES "^[ \n]*\\|[ \n]*([a-z_]+): ([^|]+)(.*)$")
      set(name "${CMAKE_MATCH_1}")
      set(values "${CMAKE_MATCH_3}")
      string(STRIP "${CMAKE_MATCH_2}" value)
      if(NOT name IN_LIST takes_${part})
        message(FATAL_ERROR "${path}: {{${part}}} does not take '${name}'")
      endif()
      list(APPEND given "${name}")
      string(REPLACE "{{${name}}}" "${value}" part_text "${part_text}")
    endwhile()
    if(NOT values MATCHES "^[ \n]*$")
      message(FATAL_ERROR "${path}: {{${part}}}: '${values}' is not | name: value")
    endif()
    foreach(name IN LISTS takes_${part})
      if(NOT name IN_LIST given)
        message(FATAL_ERROR "${path}: {{${part}}} lacks '${name}'")
      endif()
    endforeach()
    string(REPLACE "${whole}" "${part_text}" text "${text}")
    set(used_part_${part} TRUE)
  endwhile()
endmacro()

# Sets text to the query of the file with its placeholders replaced, and used_<table> for each list it takes.
macro(read_query path)
  file(READ "${path}" text)
  foreach(header "-- why: " "-- index: " "-- returns: ")
    string(FIND "${text}" "${header}" at)
    if(at EQUAL -1)
      message(FATAL_ERROR "${path} has no line '${header}…'")
    endif()
  endforeach()
  string(REGEX REPLACE "(^|\n)--[^\n]*" "" text "${text}")
  string(STRIP "${text}" text)
  insert_parts("${path}")
  while(text MATCHES "${placeholder}")
    set(found "${CMAKE_MATCH_0}")
    set(table "${CMAKE_MATCH_1}")
    set(alias "${CMAKE_MATCH_3}")
    if(NOT DEFINED select_${table})
      message(FATAL_ERROR "${path}: ${found}: there is no sql/columns/${table}.txt")
    endif()
    if(alias STREQUAL "")
      set(alias "${table}")
    endif()
    list(JOIN select_${table} ", " items)
    string(REPLACE "@" "${alias}" items "${items}")
    string(REPLACE "${found}" "${items}" text "${text}")
    set(used_${table} TRUE)
  endwhile()
  if(text MATCHES "{{[^\n]*")
    message(FATAL_ERROR "${path}: '${CMAKE_MATCH_0}' is not {{columns table}}, {{columns table alias}} or {{part | name: value}}")
  endif()
endmacro()

function(write_if_changed path text)
  if(EXISTS "${path}")
    file(READ "${path}" before)
  endif()
  if(NOT "${before}" STREQUAL "${text}")
    file(WRITE "${path}" "${text}")
  endif()
endfunction()

file(GLOB lists ${SQL_DIR}/columns/*.txt)
list(SORT lists)
set(columns "#pragma once\n// Generated from sql/columns. Do not edit.\n#include <cstddef>\n\nnamespace scheduling::columns {\n")
foreach(path IN LISTS lists)
  read_columns("${path}")
  get_filename_component(table "${path}" NAME_WE)
  list(LENGTH columns_${table} width)
  list(JOIN columns_${table} ", " names)
  string(APPEND columns "\nenum class ${table} : std::size_t { ${names} };\n"
    "constexpr std::size_t width(${table}) { return ${width}; }\n")
endforeach()
string(APPEND columns "\n}\n")

file(GLOB parts ${SQL_DIR}/parts/*.sql)
list(SORT parts)
foreach(path IN LISTS parts)
  read_part("${path}")
endforeach()

file(GLOB_RECURSE files ${SQL_DIR}/queries/*.sql)
list(SORT files)
set(queries "#pragma once\n// Generated from sql/queries. Do not edit.\n#include \"crm/sdk/database.hpp\"\n\n")
set(all "")
foreach(path IN LISTS files)
  read_query("${path}")
  get_filename_component(verb "${path}" NAME_WE)
  get_filename_component(folder "${path}" DIRECTORY)
  get_filename_component(repository "${folder}" NAME)
  string(APPEND queries "namespace scheduling::sql::${repository} {\n"
    "inline constexpr crm::sdk::Statement ${verb}{\"scheduling.${repository}.${verb}\", R\"sql(${text})sql\"};\n"
    "}\n")
  string(APPEND all "    ${repository}::${verb},\n")
endforeach()
string(APPEND queries "namespace scheduling::sql {\n"
  "/// Every statement, for the test that shows them to PostgreSQL.\n"
  "inline constexpr crm::sdk::Statement k_all[] = {\n${all}};\n}\n")

foreach(path IN LISTS lists)
  get_filename_component(table "${path}" NAME_WE)
  if(NOT used_${table})
    message(FATAL_ERROR "${path}: no query uses this list")
  endif()
endforeach()
foreach(path IN LISTS parts)
  get_filename_component(part "${path}" NAME_WE)
  if(NOT used_part_${part})
    message(FATAL_ERROR "${path}: no query uses this part")
  endif()
endforeach()

write_if_changed("${OUTPUT_DIR}/queries.hpp" "${queries}")
write_if_changed("${OUTPUT_DIR}/columns.hpp" "${columns}")
