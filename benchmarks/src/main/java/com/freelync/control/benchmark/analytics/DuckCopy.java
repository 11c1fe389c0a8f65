package com.freelync.control.benchmark.analytics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * The same rows and rollups in DuckDB, in memory, sorted by time, columns as it likes them:
 * integers, dimensions as enumerations, no ids. Of what only the dashboard asks, and asks of the
 * last two months, it holds the last year.
 */
final class DuckCopy implements AutoCloseable {
  private static final String COUNT = "INTEGER";
  private static final String MONEY = "BIGINT";

  /** The measures of each fact but the transactions, with their types. */
  private static final Map<String, Map<String, String>> MARKET =
      Map.of(
          "transaction",
          Map.of(
              "gross_volume", MONEY,
              "transaction_count", COUNT,
              "platform_revenue", MONEY,
              "commission_earned", MONEY,
              "processor_fees", MONEY),
          "dispute",
          Map.of("disputed_transactions", COUNT),
          "payout",
          Map.of("payout_volume", MONEY, "payout_count", COUNT),
          "listed",
          Map.of("new_listings", COUNT),
          "sold",
          Map.of("sold_listings", COUNT),
          "closed",
          Map.of("closed_listings", COUNT),
          "inquiry",
          Map.of("inquiries", COUNT, "converted_inquiries", COUNT),
          "attempt",
          Map.of("payment_attempts", COUNT, "failed_payment_attempts", COUNT));

  private static final Map<String, Map<String, String>> PEOPLE =
      Map.of(
          "registered",
          Map.of("new_users", COUNT, "registered_and_verified", COUNT),
          "verified",
          Map.of("verified_users", COUNT));

  /** What a stock is counted of, from the very first row on. */
  private static final List<String> WHOLE = List.of("listed", "sold", "closed");

  private final Connection duck;
  private final DataSource postgres;
  private final Path directory;

  private DuckCopy(Connection duck, DataSource postgres, Path directory) {
    this.duck = duck;
    this.postgres = postgres;
    this.directory = directory;
  }

  static DuckCopy of(DataSource postgres, Path directory, LocalDate end)
      throws SQLException, IOException {
    DuckCopy copy = new DuckCopy(DriverManager.getConnection("jdbc:duckdb:"), postgres, directory);
    copy.dimension("category", "market_month");
    copy.dimension("region", "market_month");
    copy.dimension("user_type", "people_month");
    copy.table(
        "tx",
        "moment TIMESTAMP, category category, region region, gross BIGINT, number INTEGER, platform BIGINT, buyer INTEGER, seller INTEGER",
        """
        SELECT control.business_time(r.completed_at), coalesce(l.category, 'unknown'), coalesce(l.region, 'unknown'),
               ((r.amount - r.refunded_amount) * 100)::bigint, (r.refunded_amount < r.amount)::int,
               ((r.platform_fee - r.refunded_platform_fee) * 100)::bigint, b.number, s.number
          FROM marketplace.transactions r JOIN marketplace.listings l ON l.id = r.listing_id
          JOIN control.user_number b ON b.user_id = r.buyer_id JOIN control.user_number s ON s.user_id = r.seller_id
         WHERE r.completed_at IS NOT NULL ORDER BY r.completed_at
        """);
    for (Map.Entry<String, Map<String, String>> fact : MARKET.entrySet()) {
      copy.fact(fact.getKey(), "category category, region region", fact.getValue(), end);
    }
    for (Map.Entry<String, Map<String, String>> fact : PEOPLE.entrySet()) {
      copy.fact(fact.getKey(), "region region, user_type user_type", fact.getValue(), end);
    }
    copy.rollup("market_day", "category category, region region", MARKET);
    copy.rollup("people_day", "region region, user_type user_type", PEOPLE);
    return copy;
  }

  private void dimension(String name, String rollup) throws SQLException {
    try (Connection connection = postgres.getConnection();
        Statement statement = duck.createStatement()) {
      String values =
          SqlLines.ask(connection, "SELECT DISTINCT " + name + " FROM control." + rollup).stream()
              .map(value -> "'" + value.replace("'", "''") + "'")
              .collect(Collectors.joining(", "));
      String unknown = values.contains("'unknown'") ? "" : ", 'unknown'";
      statement.execute("CREATE TYPE " + name + " AS ENUM (" + values + unknown + ")");
    }
  }

  private void fact(String fact, String dimensions, Map<String, String> measures, LocalDate end)
      throws SQLException, IOException {
    String since = WHOLE.contains(fact) ? "-infinity" : end.minusYears(1) + " 00:00+03";
    table(
        "source_" + fact,
        "moment TIMESTAMP, " + dimensions + ", " + columns(measures),
        "SELECT control.business_time(at), %s, %s FROM control.source_%s WHERE at >= '%s' ORDER BY at"
            .formatted(names(dimensions), String.join(", ", measures.keySet()), fact, since));
  }

  private void rollup(String table, String dimensions, Map<String, Map<String, String>> facts)
      throws SQLException, IOException {
    Map<String, String> measures =
        facts.values().stream()
            .flatMap(of -> of.keySet().stream())
            .sorted()
            .collect(Collectors.toMap(name -> name, name -> MONEY));
    table(
        table,
        "bucket TIMESTAMP, " + dimensions + ", " + columns(measures),
        "SELECT bucket, %s, %s FROM control.%s ORDER BY 1"
            .formatted(names(dimensions), String.join(", ", measures.keySet()), table));
  }

  private static String columns(Map<String, String> measures) {
    return measures.entrySet().stream()
        .map(measure -> measure.getKey() + " " + measure.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Of columns that are called like their types. */
  private static String names(String dimensions) {
    return dimensions.replaceAll("(\\w+) \\1", "$1");
  }

  private void table(String name, String columns, String query) throws SQLException, IOException {
    Path file = directory.resolve(name + ".csv");
    try (Connection connection = postgres.getConnection();
        Statement settings = connection.createStatement();
        OutputStream out = Files.newOutputStream(file)) {
      connection.setAutoCommit(false);
      // Half of the inquiries led to nothing: a parallel hash splits them again and again, and
      // takes
      // gigabytes, for what has no key stays together.
      settings.execute("SET LOCAL enable_parallel_hash = off; SET LOCAL work_mem = '256MB'");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY (" + query + ") TO STDOUT WITH (FORMAT csv)", out);
      connection.commit();
      connection.setAutoCommit(true);
    }
    try (Statement statement = duck.createStatement()) {
      statement.execute("CREATE TABLE " + name + " (" + columns + ")");
      statement.execute("COPY " + name + " FROM '" + file + "' (FORMAT csv, HEADER false)");
    }
    Files.delete(file);
  }

  Connection connection() {
    return duck;
  }

  @Override
  public void close() throws SQLException {
    duck.close();
  }
}
