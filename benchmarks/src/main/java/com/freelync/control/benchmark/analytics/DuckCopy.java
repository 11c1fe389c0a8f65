package com.freelync.control.benchmark.analytics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** The same rows and rollups in DuckDB, in memory, columns as it likes them: integers, no ids. */
final class DuckCopy implements AutoCloseable {
  private final Connection duck;

  private DuckCopy(Connection duck) {
    this.duck = duck;
  }

  static DuckCopy of(DataSource postgres, Path directory) throws SQLException, IOException {
    DuckCopy copy = new DuckCopy(DriverManager.getConnection("jdbc:duckdb:"));
    copy.table(
        postgres,
        directory,
        "tx",
        "moment TIMESTAMP, category VARCHAR, region VARCHAR, gross BIGINT, number INTEGER, platform BIGINT, buyer INTEGER, seller INTEGER",
        """
        SELECT control.business_time(r.completed_at), coalesce(l.category, 'unknown'), coalesce(l.region, 'unknown'),
               ((r.amount - r.refunded_amount) * 100)::bigint, (r.refunded_amount < r.amount)::int,
               ((r.platform_fee - r.refunded_platform_fee) * 100)::bigint, b.number, s.number
          FROM marketplace.transactions r JOIN marketplace.listings l ON l.id = r.listing_id
          JOIN control.user_number b ON b.user_id = r.buyer_id JOIN control.user_number s ON s.user_id = r.seller_id
         WHERE r.completed_at IS NOT NULL ORDER BY r.completed_at
        """);
    copy.table(
        postgres,
        directory,
        "market_day",
        "bucket TIMESTAMP, category VARCHAR, region VARCHAR, gross_volume BIGINT, transaction_count BIGINT, platform_revenue BIGINT",
        "SELECT bucket, category, region, gross_volume, transaction_count, platform_revenue FROM control.market_day ORDER BY 1");
    return copy;
  }

  private void table(DataSource postgres, Path directory, String name, String columns, String query)
      throws SQLException, IOException {
    Path file = directory.resolve(name + ".csv");
    try (Connection connection = postgres.getConnection();
        OutputStream out = Files.newOutputStream(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY (" + query + ") TO STDOUT WITH (FORMAT csv)", out);
    }
    try (Statement statement = duck.createStatement()) {
      statement.execute("CREATE TABLE " + name + " (" + columns + ")");
      statement.execute("COPY " + name + " FROM '" + file + "' (FORMAT csv, HEADER false)");
    }
    Files.delete(file);
  }

  List<String> ask(String sql) {
    return SqlLines.ask(duck, sql);
  }

  @Override
  public void close() throws SQLException {
    duck.close();
  }
}
