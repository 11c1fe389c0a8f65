package com.freelync.control.sandbox.marketplace.generator;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Loads a generated marketplace with COPY, streaming: memory does not grow with its size. Equal
 * {@link GeneratorSettings} give equal bytes. A load that was killed is begun again by the next
 * one, or finished where only its last checks were missing.
 */
public final class MarketplaceGenerator {
  private static final int CONNECTIONS = 2;

  private static final int ATTEMPTS = 10;
  private static final String DEADLOCK = "40P01";

  /** Whoever loads has it. */
  private static final String LOCK = "hashtextextended('marketplace.load', 0)";

  /** The largest come first, so that two connections end together. */
  private static final String SUSPENDED_TABLES =
      "SELECT table_name::text FROM marketplace.suspended_references GROUP BY table_name"
          + " ORDER BY count(*) FILTER (WHERE kind IN ('key', 'index')) * pg_relation_size(table_name) DESC";

  private MarketplaceGenerator() {}

  /** How much was loaded, all tables together, and how long it took. */
  public record Report(long rows, long transactions, Duration took) {
    /** Rows of all tables for each second. */
    public long rowsPerSecond() {
      return rows * 1000 / Math.max(1, took.toMillis());
    }
  }

  /**
   * Loads an empty marketplace.
   *
   * @param marketplaceApp connects as {@code marketplace_app}; three connections are used
   * @param progress told of each table when it is done
   * @return what was loaded; nothing where the end of a killed load was made up for
   * @throws IllegalStateException when the marketplace has users already, when somebody else loads
   *     it, or when loading fails (it is emptied again then)
   */
  public static Report load(
      DataSource marketplaceApp, GeneratorSettings settings, Consumer<String> progress) {
    try (Connection alone = marketplaceApp.getConnection()) {
      if (!asks(alone, "SELECT pg_try_advisory_lock(" + LOCK + ")")) {
        throw new IllegalStateException("Somebody else loads the marketplace");
      }
      try {
        return prepare(marketplaceApp, alone)
            ? load(marketplaceApp, new World(settings), settings, progress)
            : new Report(0, 0, Duration.ZERO);
      } finally {
        asks(alone, "SELECT pg_advisory_unlock(" + LOCK + ")");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Loading the marketplace failed", e);
    }
  }

  /**
   * Takes keys and indexes away, unless a load that was killed has done so; finishes one that had
   * all of its rows.
   *
   * @return whether it is to be loaded now
   */
  private static boolean prepare(DataSource database, Connection connection) throws SQLException {
    String suspended = "SELECT EXISTS (SELECT FROM marketplace.suspended_references";
    boolean isRestoring = asks(connection, suspended + " WHERE kind = 'restored')");
    if (!isRestoring && asks(connection, suspended + " WHERE kind = 'key')")) {
      return true;
    }
    if (isRestoring) {
      restore(database);
    }
    if (asks(connection, suspended + ")")) {
      check(database);
      return false;
    }
    if (asks(connection, "SELECT EXISTS (SELECT FROM marketplace.users)")) {
      throw new IllegalStateException("The marketplace has data already");
    }
    run(connection, "SELECT marketplace.suspend_references()");
    return true;
  }

  /** Two tables at a time, each locked by itself; then what is between them. */
  private static void restore(DataSource database) throws SQLException {
    List<String> suspended = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery(SUSPENDED_TABLES)) {
      while (tables.next()) {
        suspended.add(tables.getString(1));
      }
    }
    together(suspended, table -> call(database, "restore_keys('%s')", table));
    run(database, "SELECT marketplace.restore_references()");
  }

  private static Report load(
      DataSource database, World world, GeneratorSettings settings, Consumer<String> progress)
      throws SQLException {
    long started = System.nanoTime();
    long rows;
    try {
      rows = together(Table.ALL, table -> copy(database, world, table, progress));
    } catch (IllegalStateException e) {
      empty(database);
      throw e;
    } finally {
      progress.accept("making keys and indexes");
      restore(database);
      progress.accept("checking all references");
      check(database);
    }
    return new Report(rows, settings.transactions(), Duration.ofNanos(System.nanoTime() - started));
  }

  /** What is done with a table; answers a number of rows. */
  @FunctionalInterface
  private interface Step<T> {
    long take(T table) throws SQLException, IOException;
  }

  /** Two tables at a time: one connection keeps one core of the server busy. */
  private static <T> long together(List<T> tables, Step<T> step) {
    List<Callable<Long>> steps = new ArrayList<>();
    for (T table : tables) {
      steps.add(() -> step.take(table));
    }
    long rows = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (Future<Long> taken : executor.invokeAll(steps)) {
        rows += taken.get();
      }
      return rows;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Loading the marketplace was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Loading the marketplace failed", e.getCause());
    }
  }

  private static void check(DataSource database) {
    together(Table.ALL, table -> call(database, "check_references('%s')", table.name()));
  }

  private static long call(DataSource database, String call, String table) throws SQLException {
    run(database, "SELECT marketplace." + call.formatted(table));
    return 0;
  }

  private static long copy(DataSource database, World world, Table table, Consumer<String> progress)
      throws SQLException, IOException {
    long started = System.nanoTime();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT marketplace.begin_load('" + table.name() + "')");
      }
      CopyIn copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(
                  "COPY marketplace.%s (%s) FROM STDIN WITH (FORMAT binary, FREEZE)"
                      .formatted(table.name(), table.columns()));
      Rows rows = new Rows((bytes, length) -> copy.writeToCopy(bytes, 0, length));
      try {
        table.writer().write(world, rows);
        rows.finish();
        copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT marketplace.end_load('" + table.name() + "')");
      }
      connection.commit();
      connection.setAutoCommit(true);
      long millis = Math.max(1, (System.nanoTime() - started) / 1_000_000);
      progress.accept(
          "%s: %,d rows in %.1f s".formatted(table.name(), rows.count(), millis / 1000.0));
      return rows.count();
    }
  }

  private static boolean asks(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static void empty(DataSource database) throws SQLException {
    for (Table table : Table.ALL) {
      run(database, "DELETE FROM marketplace." + table.name());
    }
  }

  private static void run(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      run(connection, sql);
    }
  }

  /** Each is a transaction of its own; a reader of several tables may be in its way. */
  private static void run(Connection connection, String sql) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
        return;
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !DEADLOCK.equals(e.getSQLState())) {
          throw e;
        }
      }
    }
  }
}
