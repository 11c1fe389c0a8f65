package com.freelync.control.sandbox.marketplace.generator;

import com.freelync.control.sandbox.Options;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * {@code generate [--transactions N] [--seed N] [--until DAY]}: loads sample data into the database
 * of {@code DATABASE_URL} as {@code marketplace_app} ({@code MARKETPLACE_DATABASE_PASSWORD}).
 */
public final class GenerateCommand {
  private GenerateCommand() {}

  /**
   * Runs the command.
   *
   * @throws IllegalArgumentException naming what is wrong with the arguments or the environment
   */
  public static void run(List<String> arguments, Map<String, String> environment, PrintStream out) {
    GeneratorSettings settings = settings(arguments);
    String url = environment.get("DATABASE_URL");
    String password = environment.get("MARKETPLACE_DATABASE_PASSWORD");
    if (url == null || password == null) {
      throw new IllegalArgumentException(
          "Environment variables DATABASE_URL and MARKETPLACE_DATABASE_PASSWORD are required");
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername("marketplace_app");
    config.setPassword(password);
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    try (HikariDataSource database = new HikariDataSource(config)) {
      MarketplaceGenerator.Report report =
          MarketplaceGenerator.load(database, settings, out::println);
      out.printf(
          "%,d transactions, %,d rows in %.1f s: %,d rows a second%n",
          report.transactions(),
          report.rows(),
          report.took().toMillis() / 1000.0,
          report.rowsPerSecond());
    }
  }

  private static GeneratorSettings settings(List<String> arguments) {
    Options options = Options.parse(arguments, List.of("transactions", "seed", "until"));
    LocalDate yesterday = LocalDate.now(ZoneId.of("Africa/Addis_Ababa")).minusDays(1);
    try {
      return new GeneratorSettings(
          Long.parseLong(options.get("transactions", "10000").replace("_", "")),
          Long.parseLong(options.get("seed", "1")),
          LocalDate.parse(options.get("until", yesterday.toString())));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--transactions and --seed have to be whole numbers", e);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("--until has to be a day like 2026-02-01", e);
    }
  }
}
