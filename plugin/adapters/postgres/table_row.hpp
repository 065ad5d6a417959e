#pragma once
/// A table's columns within one row of a result, read by their names instead of by their order.
///
///   using Column = columns::meeting_types;             // generated from sql/columns/meeting_types.txt
///   const TableRow<Column> type(row);
///   draft.name = type.get<std::string>(Column::name);
///   const UserId owner{row.next<std::int64_t>()};      // what the statement selects behind the list
#include <optional>

#include "crm/sdk/database.hpp"
#include "plugin/adapters/postgres/columns.hpp"

namespace scheduling {

/// `Column`: an enum of columns.hpp. The enum and the SELECT list are written from the same file in the same order,
/// so a column that is added or moved there is read from its new position without a change here.
template <class Column>
class TableRow {
 public:
  /// The list begins where `row` stands; `row` then stands behind it.
  explicit TableRow(crm::sdk::RowReader& row) : first_(row) { skip(row, width(Column{})); }

  template <class T>
  T get(Column column) const {
    return at(column).template next<T>();
  }
  template <class T>
  std::optional<T> get_or_null(Column column) const {
    return at(column).template next_or_null<T>();
  }

 private:
  static void skip(crm::sdk::RowReader& row, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) row.skip();
  }
  crm::sdk::RowReader at(Column column) const {
    crm::sdk::RowReader row = first_;
    skip(row, static_cast<std::size_t>(column));
    return row;
  }

  crm::sdk::RowReader first_;
};

}  // namespace scheduling
