#pragma once
/// The module's tables as its migrations make them, as text.
#include <string>

namespace crm::test {

/// What pg_dump says about a database with the module's migrations and does not say about one without them: tables,
/// columns, defaults, constraints, indexes, triggers, functions and domains. Sorted by table. Without owners, versions
/// and settings, so that every PostgreSQL 15 gives the same text.
std::string module_schema();

/// The first line in which the two texts differ, with its number; empty when they are equal.
std::string first_difference(const std::string& expected, const std::string& actual);

std::string file_text(const std::string& path);

}  // namespace crm::test
