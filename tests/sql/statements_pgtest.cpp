#include <gtest/gtest.h>

#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/adapters/postgres/table_row.hpp"
#include "tests/integration/pg_fixture.hpp"

namespace scheduling {
namespace {

using crm::sdk::RowReader;
using crm::test::Schema;
using crm::test::TestDatabase;

/// A list that names a column the table lacks, an alias that the statement does not give, a table that was renamed:
/// PostgreSQL refuses the statement here, before any test reaches it.
TEST(Statements, AreAllUnderstoodByPostgres) {
  TestDatabase db(Schema::crm_and_module);
  auto connection = db.database().connect_direct();
  ASSERT_TRUE(connection) << connection.error().message;
  for (const crm::sdk::Statement& statement : sql::k_all) {
    const auto prepared = (*connection)->execute("PREPARE checked AS " + std::string(statement.sql));
    EXPECT_TRUE(prepared) << statement.name << ": " << prepared.error().message;
    if (!prepared) continue;
    EXPECT_TRUE((*connection)->execute("DEALLOCATE checked"));
  }
}

/// One row as a SELECT would give it, without a database.
class OneRow final : public crm::sdk::Rows {
 public:
  explicit OneRow(std::vector<std::optional<std::string>> values) : values_(std::move(values)) {}
  std::size_t size() const noexcept override { return 1; }
  std::size_t columns() const noexcept override { return values_.size(); }
  std::size_t affected() const noexcept override { return 0; }
  bool is_null(std::size_t, std::size_t column) const noexcept override { return !values_[column]; }
  std::string_view text(std::size_t, std::size_t column) const noexcept override {
    return values_[column] ? std::string_view(*values_[column]) : std::string_view{};
  }

 private:
  std::vector<std::optional<std::string>> values_;
};

TEST(TableRow, ReadsByNameInAnyOrderAndLeavesTheRest) {
  using Column = columns::scheduling_overrides;
  const OneRow values({"7", "31", "2025-01-13", "f", std::nullopt, "1020", "moving", "behind"});
  RowReader row(values, 0);
  EXPECT_EQ(row.next<std::int64_t>(), 7) << "before the list";
  const TableRow<Column> stored(row);
  EXPECT_EQ(row.next<std::string>(), "behind") << "after the list";
  EXPECT_EQ(stored.get<std::string>(Column::reason), "moving");
  EXPECT_EQ(stored.get<std::int64_t>(Column::id), 31);
  EXPECT_EQ(stored.get_or_null<std::int64_t>(Column::start_minute), std::nullopt);
  EXPECT_EQ(stored.get_or_null<std::int64_t>(Column::end_minute), 1020);
  EXPECT_FALSE(stored.get<bool>(Column::is_available));
}

TEST(Columns, StandInTheStatementInTheOrderOfTheEnum) {
  const std::string_view find = sql::meeting_type_repository::find.sql;
  EXPECT_NE(find.find("t.id, t.scheduling_page_id, t.name,"), std::string_view::npos) << find;
  EXPECT_EQ(static_cast<std::size_t>(columns::meeting_types::name), 2U);
  const std::string_view overrides = sql::availability_repository::list_overrides.sql;
  EXPECT_NE(overrides.find("(extract(epoch FROM scheduling_overrides.start_time) / 60)::integer,"),
            std::string_view::npos)
      << overrides;
}

}  // namespace
}  // namespace scheduling
