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
 * {@link GeneratorSettings} give equal bytes.
 */
public final class MarketplaceGenerator {
  private static final int CONNECTIONS = 2;

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
   * @param marketplaceApp connects as {@code marketplace_app}; two connections are used
   * @param progress told of each table when it is done
   * @throws IllegalStateException when the marketplace has users already, or when loading fails (it
   *     is emptied again then)
   */
  public static Report load(
      DataSource marketplaceApp, GeneratorSettings settings, Consumer<String> progress) {
    long started = System.nanoTime();
    World world = new World(settings);
    try {
      requireEmpty(marketplaceApp);
      run(marketplaceApp, "SELECT marketplace.suspend_references()");
      long rows;
      try {
        rows = together(table -> copy(marketplaceApp, world, table, progress));
      } catch (IllegalStateException e) {
        empty(marketplaceApp);
        throw e;
      } finally {
        progress.accept("making keys and indexes");
        run(marketplaceApp, "SELECT marketplace.restore_references()");
        progress.accept("checking all references");
        together(table -> check(marketplaceApp, table));
      }
      return new Report(
          rows, settings.transactions(), Duration.ofNanos(System.nanoTime() - started));
    } catch (SQLException e) {
      throw new IllegalStateException("Loading the marketplace failed", e);
    }
  }

  /** What is done with a table; answers a number of rows. */
  @FunctionalInterface
  private interface Step {
    long take(Table table) throws SQLException, IOException;
  }

  /** Two tables at a time: one connection keeps one core of the server busy. */
  private static long together(Step step) {
    List<Callable<Long>> steps = new ArrayList<>();
    for (Table table : Table.ALL) {
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

  private static long check(DataSource database, Table table) throws SQLException {
    run(database, "SELECT marketplace.check_references('" + table.name() + "')");
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
                  "COPY marketplace.%s (%s) FROM STDIN WITH (FREEZE)"
                      .formatted(table.name(), table.columns()));
      Rows rows = new Rows(bytes -> copy.writeToCopy(bytes, 0, bytes.length));
      try {
        table.writer().write(world, rows);
        rows.flush();
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

  private static void requireEmpty(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT FROM marketplace.users)")) {
      row.next();
      if (row.getBoolean(1)) {
        throw new IllegalStateException("The marketplace has data already");
      }
    }
  }

  private static void empty(DataSource database) throws SQLException {
    for (Table table : Table.ALL) {
      run(database, "DELETE FROM marketplace." + table.name());
    }
  }

  private static void run(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
