package com.freelync.control.benchmark.analytics;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of SQL as texts. */
final class SqlLines {
  private SqlLines() {}

  /** Each row as a line, its cells parted by bars. */
  static List<String> ask(Connection connection, String sql) {
    return rows(connection, sql).stream().map(row -> String.join("|", row)).toList();
  }

  /** Each row's cells; null where SQL says so. */
  static List<List<@Nullable String>> rows(Connection connection, String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      List<List<@Nullable String>> found = new ArrayList<>();
      while (rows.next()) {
        List<@Nullable String> cells = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          cells.add(rows.getString(column));
        }
        found.add(cells);
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
