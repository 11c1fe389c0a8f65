package com.freelync.control.benchmark;

import com.freelync.control.benchmark.analytics.AnalyticsBenchmark;
import com.freelync.control.benchmark.settings.SettingsBenchmark;
import com.freelync.control.sandbox.identity.TokenIssuer;
import com.freelync.control.sandbox.postgres.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures the main job on real parts and prints the figures, ours beside the plain ones of the
 * same run: {@code java -jar benchmarks/target/benchmarks.jar [--quick] [judge] [chain] [run]
 * [intake] [decisions] [backtest]}; and questions to metrics, and what keeping them exact costs the
 * source, which take long to prepare, only when they are named: {@code [analytics] [triggers]
 * [--transactions=1000000,5000000] [--keep=DIRECTORY]}, which with {@code --keep} leaves its
 * marketplaces in a directory and takes them up there the next time; and what reading settings
 * costs: {@code settings}.
 */
public final class PayoutBenchmark {
  private static final String MEMORY =
      """
      Idle memory is measured on the real processes, five minutes after ./control-center up --detach:
        ./control-center status --json                        names each part's process id
        grep -E 'VmRSS|VmHWM' /proc/PID/status                resident now, and at most
      """;

  private static final Set<String> MEASUREMENTS =
      Set.of("judge", "chain", "run", "intake", "decisions", "backtest");

  private PayoutBenchmark() {}

  /** Runs the measurements that are named, all of them where none is. */
  public static void main(String[] arguments) throws IOException {
    Set<String> options = new HashSet<>(List.of(arguments));
    Effort effort = options.remove("--quick") ? Effort.quick() : Effort.full();
    List<Long> sizes =
        option(options, "--transactions=")
            .map(given -> Stream.of(given.split(",")).map(Long::valueOf).toList())
            .orElse(List.of(1_000_000L, 5_000_000L, 20_000_000L));
    Optional<Path> kept = option(options, "--keep=").map(Path::of);
    boolean isOfQuestions = options.remove("analytics");
    boolean isOfTriggers = options.remove("triggers");
    boolean isOfSettings = options.remove("settings");
    if (!MEASUREMENTS.containsAll(options)) {
      System.err.println(
          "usage: java -jar benchmarks.jar [--quick] [judge] [chain] [run] [intake] [decisions] [backtest]\n"
              + "       java -jar benchmarks.jar settings\n"
              + "       java -jar benchmarks.jar [analytics] [triggers]"
              + " [--transactions=1000000,20000000]"
              + " [--keep=DIRECTORY]");
      System.exit(2);
    }
    Set<String> wanted = options.isEmpty() ? MEASUREMENTS : options;
    Path directory = Files.createTempDirectory("freelync-benchmark-");
    // Named before anything logs: the worker's jar has a configuration of its own.
    System.setProperty("logback.configurationFile", "benchmark-logback.xml");
    int status = 0;
    try {
      if (isOfSettings) {
        settings(directory);
      } else if (isOfQuestions || isOfTriggers) {
        new AnalyticsBenchmark(kept.orElse(directory), isOfQuestions, isOfTriggers).run(sizes);
      } else {
        measure(directory, effort, wanted);
        System.out.print(MEMORY);
      }
    } catch (RuntimeException | SQLException e) {
      e.printStackTrace();
      status = 1;
    } finally {
      delete(directory);
    }
    System.exit(status);
  }

  private static void settings(Path directory) {
    try (Stage stage = new Stage(directory)) {
      TokenIssuer issuer = stage.opened(TokenIssuer.start(directory.resolve("issuer"), 0));
      stage.asOwner(SettingsBenchmark::makePast);
      URI first = ApiProcess.start(stage, issuer);
      URI second = ApiProcess.start(stage, issuer);
      String token = issuer.token("marketplace");
      URI bare =
          SettingsBenchmark.bare(
              FreePort.preferably(0),
              FreePort.preferably(0),
              issuer.address(),
              issuer.jwksUri(),
              SettingsBenchmark.answer(first, token));
      new SettingsBenchmark(stage.api, first, second, bare, token).run();
    }
  }

  /** Takes what follows a prefix out of the options. */
  private static Optional<String> option(Set<String> options, String prefix) {
    Optional<String> given = options.stream().filter(option -> option.startsWith(prefix)).findAny();
    given.ifPresent(options::remove);
    return given.map(option -> option.substring(prefix.length()));
  }

  private static void measure(Path directory, Effort effort, Set<String> wanted) {
    System.out.printf(
        "%d cores, Java %s, %s %s%n%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
    if (wanted.contains("judge")) {
      new JudgeBenchmark(effort).run().print(System.out);
    }
    if (wanted.equals(Set.of("judge"))) {
      return;
    }
    try (Stage stage = new Stage(directory)) {
      SourceRows source = new SourceRows(stage.marketplace);
      if (wanted.contains("chain")) {
        new ChainBenchmark(stage, source, effort).run().print(System.out);
      }
      if (wanted.contains("intake")) {
        new IntakeBenchmark(stage, source, effort).run().print(System.out);
      }
      if (wanted.contains("decisions")) {
        new DecisionBenchmark(stage, source, effort, directory).run().print(System.out);
      }
      if (wanted.contains("run")) {
        new RunBenchmark(stage, source, effort).run().print(System.out);
      }
      if (wanted.contains("backtest")) {
        new BacktestBenchmark(stage, source).run().print(System.out);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> found = Files.walk(directory)) {
      paths = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
