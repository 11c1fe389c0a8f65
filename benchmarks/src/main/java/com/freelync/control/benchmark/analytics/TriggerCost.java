package com.freelync.control.benchmark.analytics;

import com.freelync.control.analytics.Rollups;
import com.freelync.control.database.Database;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the triggers that keep rollups cost whoever inserts into the source: rows a second with and
 * without them, in turns, by two connections, each statement a durable transaction of its own. All
 * of it happens in January 2030 and is deleted afterwards.
 */
final class TriggerCost {
  private static final int ROUNDS = 5;
  private static final long SLICE_NANOS = 2_000_000_000L;
  private static final int CONNECTIONS = 2;
  private static final int MANY = 1_000;
  private static final int SAMPLE = 100_000;

  private static final String AT = "TIMESTAMPTZ '2030-01-15 12:00+03'";

  private static final List<Inserted> INSERTED =
      List.of(
          new Inserted(
              "transactions",
              "id, listing_id, buyer_id, seller_id, kind, status, amount, platform_fee, commission_fee, processor_fee, created_at, completed_at",
              "gen_random_uuid(), %1$s, %2$s, %2$s, 'DEPOSIT', 'COMPLETED', 1000, 50, 40, 10, "
                  + AT
                  + ", "
                  + AT,
              "listings",
              "completed_at",
              100),
          new Inserted(
              "payment_attempts",
              "id, transaction_id, attempted_at, status, method, amount",
              "gen_random_uuid(), %1$s, " + AT + ", 'SUCCEEDED', 'telebirr', 1000",
              "transactions",
              "attempted_at",
              105),
          new Inserted(
              "inquiries",
              "id, listing_id, buyer_id, asked_at",
              "gen_random_uuid(), %1$s, %2$s, " + AT,
              "listings",
              "asked_at",
              170),
          new Inserted(
              "listings",
              "id, seller_id, category, region, title, price, status, listed_at",
              "gen_random_uuid(), %1$s, 'vehicle', 'Oromia', 'Benchmark', 1000, 'ACTIVE', " + AT,
              "users",
              "listed_at",
              75),
          new Inserted(
              "users",
              "id, registered_at, region",
              "gen_random_uuid(), " + AT + ", 'Oromia'",
              "users",
              "registered_at",
              10));

  private final Database app;
  private final Database owner;
  private final Rollups rollups;

  /**
   * @param app the marketplace's own role
   * @param owner may switch triggers off and delete from both schemas
   */
  TriggerCost(Database app, Database owner, Rollups rollups) {
    this.app = app;
    this.owner = owner;
    this.rollups = rollups;
  }

  /**
   * Rows of a table.
   *
   * @param values of one row; may refer to a row of another table ({@code %1$s}) and to a user
   *     ({@code %2$s})
   * @param of the table that is referred to
   * @param at its time stamp
   * @param share how many of them come with a transaction, in hundredths
   */
  private record Inserted(
      String table, String columns, String values, String of, String at, int share) {
    String one() {
      return into() + "VALUES (" + values.formatted("?", "?") + ")";
    }

    String many() {
      return into() + "SELECT " + values.formatted("x.a", "x.b") + " FROM unnest(?, ?) x (a, b)";
    }

    private String into() {
      return "INSERT INTO marketplace." + table + " (" + columns + ") ";
    }
  }

  /** Measures each table, one row and a thousand rows a statement, and prints a line for each. */
  void print() throws SQLException {
    System.out.printf(
        Locale.ROOT,
        "%n%-48s%12s%12s%10s%18s%n",
        "inserts, rows a second",
        "without",
        "with",
        "cost",
        "fold, us a delta");
    Object[] users = ids("users");
    for (int rows : new int[] {1, MANY}) {
      double without = 0;
      double with = 0;
      for (Inserted inserted : INSERTED) {
        Pace pace = measure(inserted, rows, ids(inserted.of()), users);
        without += inserted.share() / pace.without();
        with += inserted.share() / pace.with();
      }
      int all = INSERTED.stream().mapToInt(Inserted::share).sum();
      line("all of these, as they come", rows, new Pace(all / without, all / with), Double.NaN);
      forget();
    }
  }

  /** Rows a second. */
  private record Pace(double without, double with) {}

  private Pace measure(Inserted inserted, int rows, Object[] references, Object[] users)
      throws SQLException {
    double[] without = new double[ROUNDS];
    double[] with = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      trigger(inserted, false);
      double plain = slice(inserted, rows, references, users);
      trigger(inserted, true);
      double kept = slice(inserted, rows, references, users);
      // The first round warms up.
      if (round >= 0) {
        without[round] = plain;
        with[round] = kept;
      }
    }
    Pace pace = new Pace(median(without), median(with));
    line(inserted.table(), rows, pace, fold());
    return pace;
  }

  private static void line(String what, int rows, Pace pace, double fold) {
    System.out.printf(
        Locale.ROOT,
        "%-48s%12.0f%12.0f%9.0f%%%18s%n",
        what + (rows == 1 ? ", one at a time" : ", by thousands"),
        pace.without(),
        pace.with(),
        (pace.without() / pace.with() - 1) * 100,
        Double.isNaN(fold) ? "" : String.format(Locale.ROOT, "%.1f", fold));
  }

  /** Rows a second of both connections together. */
  private double slice(Inserted inserted, int rows, Object[] references, Object[] users) {
    long begin = System.nanoTime();
    List<Callable<Long>> writers = new ArrayList<>();
    for (int writer = 0; writer < CONNECTIONS; writer++) {
      Random random = new Random(begin + writer);
      writers.add(() -> write(inserted, rows, references, users, random, begin + SLICE_NANOS));
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS)) {
      long written = 0;
      for (Future<Long> future : executor.invokeAll(writers)) {
        written += future.get();
      }
      return written * 1e9 / (System.nanoTime() - begin);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("inserting into " + inserted.table() + " failed", e);
    }
  }

  private long write(
      Inserted inserted, int rows, Object[] references, Object[] users, Random random, long end)
      throws SQLException {
    long written = 0;
    try (Connection connection = app.dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(rows == 1 ? inserted.one() : inserted.many())) {
      long parameters = inserted.one().chars().filter(character -> character == '?').count();
      while (System.nanoTime() < end) {
        if (rows == 1) {
          for (int parameter = 1; parameter <= parameters; parameter++) {
            statement.setObject(parameter, pick(parameter == 1 ? references : users, random));
          }
        } else {
          statement.setArray(1, array(connection, references, rows, random));
          statement.setArray(2, array(connection, users, rows, random));
        }
        written += statement.executeUpdate();
      }
    }
    return written;
  }

  private static Array array(Connection connection, Object[] from, int size, Random random)
      throws SQLException {
    Object[] picked = new Object[size];
    Arrays.setAll(picked, i -> pick(from, random));
    return connection.createArrayOf("uuid", picked);
  }

  private static Object pick(Object[] from, Random random) {
    return from[random.nextInt(from.length)];
  }

  /** Rows from all over a table. */
  private Object[] ids(String table) {
    return owner.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id FROM marketplace.%1$s TABLESAMPLE BERNOULLI (
                      (SELECT least(100, 100.0 * :most / greatest(reltuples, 1)) FROM pg_class
                        WHERE oid = 'marketplace.%1$s'::regclass))
                    """
                        .formatted(table))
                .bind("most", SAMPLE)
                .mapTo(UUID.class)
                .list()
                .toArray());
  }

  private void trigger(Inserted inserted, boolean isOn) {
    owner.transaction(
        transaction ->
            transaction
                .handle()
                .execute(
                    "ALTER TABLE marketplace."
                        + inserted.table()
                        + (isOn ? " ENABLE" : " DISABLE")
                        + " TRIGGER analytics_inserted"));
  }

  /** Microseconds to fold one of the deltas that wait. */
  private double fold() {
    long deltas =
        owner.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT (SELECT count(*) FROM control.market_delta) + (SELECT count(*) FROM control.people_delta)")
                    .mapTo(Long.class)
                    .one());
    long begin = System.nanoTime();
    rollups.foldAll();
    return (System.nanoTime() - begin) / 1e3 / Math.max(1, deltas);
  }

  /** Without triggers, for rows that were inserted without them were never counted. */
  private void forget() {
    owner.transaction(
        transaction -> {
          var handle = transaction.handle();
          handle.execute("SET LOCAL session_replication_role = replica");
          for (int i = INSERTED.size() - 1; i >= 0; i--) {
            Inserted inserted = INSERTED.get(i);
            handle.execute(
                "DELETE FROM marketplace."
                    + inserted.table()
                    + " WHERE "
                    + inserted.at()
                    + " >= "
                    + AT);
          }
          for (String cube : List.of("market", "people")) {
            for (String grain : List.of("hour", "day", "month")) {
              handle.execute(
                  "DELETE FROM control." + cube + "_" + grain + " WHERE bucket >= '2030-01-01'");
            }
          }
          handle.execute("DELETE FROM control.activity_stale WHERE day >= '2030-01-01'");
          return handle.execute(
              "DELETE FROM control.rollup_month_check WHERE month >= '2030-01-01'");
        });
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
