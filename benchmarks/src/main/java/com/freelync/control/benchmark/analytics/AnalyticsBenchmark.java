package com.freelync.control.benchmark.analytics;

import com.freelync.control.ControlCenter;
import com.freelync.control.analytics.ActivitySets;
import com.freelync.control.analytics.Analytics;
import com.freelync.control.analytics.Rollups;
import com.freelync.control.analytics.Verifier;
import com.freelync.control.benchmark.analytics.QuestionSet.Asked;
import com.freelync.control.database.Database;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.database.Migrations;
import com.freelync.control.sandbox.marketplace.MarketplaceSchema;
import com.freelync.control.sandbox.marketplace.generator.GeneratorSettings;
import com.freelync.control.sandbox.marketplace.generator.MarketplaceGenerator;
import com.freelync.control.sandbox.postgres.PostgresOptions;
import com.freelync.control.sandbox.postgres.SandboxPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * How long metrics take over a marketplace of a size, all cached, beside plain SQL on its source
 * and DuckDB in memory: scanning the rows, and holding the same rollup. Answers are compared before
 * they are timed; one that differs ends the benchmark.
 */
public final class AnalyticsBenchmark {
  private static final LocalDate END = LocalDate.of(2026, 11, 1);
  private static final PostgresOptions OPTIONS = new PostgresOptions(true, 100, "1GB");

  private final Path directory;
  private final boolean isOfQuestions;
  private final boolean isOfTriggers;

  /**
   * Measures what is named.
   *
   * @param directory where marketplaces are made; those that are there are used again
   * @param isOfQuestions how long answers take
   * @param isOfTriggers what the triggers cost whoever writes into the source
   */
  public AnalyticsBenchmark(Path directory, boolean isOfQuestions, boolean isOfTriggers) {
    this.directory = directory;
    this.isOfQuestions = isOfQuestions;
    this.isOfTriggers = isOfTriggers;
  }

  /** A size's figures: our medians by question, and what it took to get there. */
  private record Size(long transactions, Map<String, Double> medians, String preparation) {}

  /** Measures marketplaces of these sizes, one after the other, and prints tables. */
  public void run(List<Long> sizes) throws SQLException, IOException {
    List<Size> measured = new ArrayList<>();
    for (long size : sizes) {
      measured.add(measure(size));
    }
    System.out.printf("%n%-48s", "how our medians grow, ms");
    measured.forEach(size -> System.out.printf(Locale.ROOT, "%,14d", size.transactions()));
    System.out.println();
    for (String question : measured.getFirst().medians().keySet()) {
      System.out.printf("%-48s", question);
      for (Size size : measured) {
        System.out.printf(Locale.ROOT, "%14.2f", size.medians().getOrDefault(question, 0.0));
      }
      System.out.println();
    }
    System.out.println();
    measured.forEach(
        size ->
            System.out.printf(
                Locale.ROOT, "%,d transactions: %s%n", size.transactions(), size.preparation()));
  }

  private Size measure(long transactions) throws SQLException, IOException {
    Path home = directory.resolve("size-" + transactions);
    try (SandboxPostgres postgres = SandboxPostgres.start(home, 0, OPTIONS)) {
      String url = postgres.jdbcUrl(SandboxPostgres.DATABASE);
      MarketplaceSchema.migrate(url, "marketplace_owner", postgres.password("marketplace_owner"));
      Migrations.migrate(url, "control_owner", postgres.password("control_owner"));
      try (Database worker = open(postgres, "control_worker");
          Database app = open(postgres, "marketplace_app");
          Database query = open(postgres, "control_query");
          Database reader = open(postgres, "postgres")) {
        String preparation = prepare(transactions, worker, app, reader);
        Map<String, Double> medians =
            isOfQuestions ? compare(transactions, query, reader) : Map.of();
        if (isOfTriggers) {
          new TriggerCost(app, reader, new Rollups(worker)).print();
        }
        return new Size(transactions, medians, preparation);
      }
    }
  }

  private static Database open(SandboxPostgres postgres, String role) {
    return Database.open(
        new DatabaseSettings(
            postgres.jdbcUrl(SandboxPostgres.DATABASE), role, postgres.password(role), 4),
        "benchmark-" + role);
  }

  private static String prepare(long transactions, Database worker, Database app, Database reader) {
    boolean isKept =
        reader.read(
            handle ->
                handle
                    .createQuery("SELECT EXISTS (SELECT FROM marketplace.transactions)")
                    .mapTo(Boolean.class)
                    .one());
    double load = isKept ? 0 : seconds(() -> load(transactions, app));
    Rollups rollups = new Rollups(worker);
    double rebuild = seconds(() -> rollups.rebuildDoubted());
    double sets = seconds(() -> new ActivitySets(worker).makeAll());
    Verifier verifier = new Verifier(worker, new ControlCenter(worker, Clock.systemUTC()).alerts);
    YearMonth month = YearMonth.from(END).minusMonths(1);
    double verify = seconds(() -> verifier.verify(month));
    long source = bytes(reader, "marketplace");
    long ours = bytes(reader, "control");
    reader.transaction(transaction -> transaction.handle().execute("ANALYZE"));
    return String.format(
        Locale.ROOT,
        "%s, rollups made in %.0f s, sets of users in %.0f s, a month verified in %.1f s;"
            + " source %,d MB, rollups and sets %,d MB",
        isKept ? "kept" : String.format(Locale.ROOT, "loaded in %.0f s", load),
        rebuild,
        sets,
        verify,
        source >> 20,
        ours >> 20);
  }

  private static void load(long transactions, Database app) {
    GeneratorSettings settings = new GeneratorSettings(transactions, 7, END);
    MarketplaceGenerator.Report report =
        MarketplaceGenerator.load(
            app.dataSource(), settings, table -> System.out.println("  " + table));
    System.out.printf(
        Locale.ROOT, "  %,d rows in all, %,d a second%n", report.rows(), report.rowsPerSecond());
  }

  private static long bytes(Database reader, String schema) {
    return reader.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c
                     WHERE c.relnamespace = CAST(:schema AS regnamespace) AND c.relkind = 'r'
                    """)
                .bind("schema", schema)
                .mapTo(Long.class)
                .one());
  }

  private Map<String, Double> compare(long transactions, Database query, Database reader)
      throws SQLException, IOException {
    Map<String, Double> medians = new LinkedHashMap<>();
    Analytics analytics = new Analytics(query);
    try (DuckCopy duck = DuckCopy.of(reader.dataSource(), directory, END);
        Connection plain = reader.dataSource().getConnection();
        Statement settings = plain.createStatement()) {
      // With the usual 4 MB, joins of such tables take gigabytes for the buffers of their parts.
      settings.execute("SET work_mem = '256MB'; SET jit = off");
      System.out.printf(
          Locale.ROOT,
          "%n%-48s%8s%10s%10s%12s%12s%12s%10s%10s%10s%n",
          String.format(Locale.ROOT, "%,d transactions, ms", transactions),
          "target",
          "ours p50",
          "ours p95",
          "SQL p50",
          "scan p50",
          "rollup p50",
          "SQL/us",
          "scan/us",
          "rollup/us");
      for (Asked asked : new QuestionSet(END).all()) {
        Timed ours = Timed.of(() -> analytics.read(asked.ours()));
        Timed sql = Timed.of(() -> asked.source().apply(plain));
        Timed scan = Timed.of(() -> asked.scan().apply(duck.connection()));
        Function<Connection, List<String>> ofRollup = asked.rollup();
        Timed rollup = ofRollup == null ? null : Timed.of(() -> ofRollup.apply(duck.connection()));
        requireSame(asked, "SQL", ours, sql);
        requireSame(asked, "DuckDB's scan", ours, scan);
        if (rollup != null) {
          requireSame(asked, "DuckDB's rollup", ours, rollup);
        }
        medians.put(asked.name(), ours.median());
        System.out.printf(
            Locale.ROOT,
            "%-48s%8d%10.2f%10.2f%12.2f%12.2f%12s%10.1f%10.1f%10s%n",
            asked.name(),
            asked.target(),
            ours.median(),
            ours.p95(),
            sql.median(),
            scan.median(),
            rollup == null ? "-" : String.format(Locale.ROOT, "%.2f", rollup.median()),
            sql.median() / ours.median(),
            scan.median() / ours.median(),
            rollup == null
                ? "-"
                : String.format(Locale.ROOT, "%.1f", rollup.median() / ours.median()));
      }
      System.out.println();
    }
    return medians;
  }

  private static void requireSame(Asked asked, String who, Timed ours, Timed other) {
    if (!ours.lines().equals(other.lines())) {
      throw new IllegalStateException(
          asked.name()
              + ": "
              + who
              + " answers otherwise: "
              + other.lines()
              + " and we "
              + ours.lines());
    }
  }

  private static double seconds(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }
}
