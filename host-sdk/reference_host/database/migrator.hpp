#pragma once
/// Brings a database up to date with a folder of SQL files.
///
/// Files `NNNN_name.sql` run in order of their names, each in a transaction of its own together with
/// its row in `schema_migrations(source, name, checksum, applied_at)`. A session-level advisory lock
/// makes a second instance wait for the first. A file whose checksum differs from the recorded one, or a
/// recorded file that is gone, is an error that names it: migrations are never edited.
#include <string>
#include <string_view>

#include "crm/sdk/services.hpp"
#include "reference_host/database/pg_database.hpp"

namespace crm::app {

/// `source`: "host" or a module id. Returns how many files were applied.
sdk::Outcome<int> migrate(PgDatabase& database, sdk::Clock& clock, sdk::Log& log, std::string_view source,
                          const std::string& folder);

}  // namespace crm::app
