// Writes sql/schema.sql; run by `cmake --build build --target write_schema`.
#include <exception>
#include <fstream>
#include <iostream>

#include "tests/sql/module_schema.hpp"

int main() {
  try {
    const std::string schema = crm::test::module_schema();
    std::ofstream file(CRM_SCHEMA_FILE);
    file << schema;
    file.close();
    if (file) return 0;
    std::cerr << "cannot write " << CRM_SCHEMA_FILE << '\n';
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
  return 1;
}
