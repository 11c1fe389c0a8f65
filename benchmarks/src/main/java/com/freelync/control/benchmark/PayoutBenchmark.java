package com.freelync.control.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the main job on real parts and prints the figures, ours beside the plain ones of the
 * same run: {@code java -jar benchmarks/target/benchmarks.jar [--quick]}.
 */
public final class PayoutBenchmark {
  private static final String MEMORY =
      """
      Idle memory is measured on the real processes, five minutes after ./control-center up --detach:
        ./control-center status --json                        names each part's process id
        grep -E 'VmRSS|VmHWM' /proc/PID/status                resident now, and at most
      """;

  private PayoutBenchmark() {}

  /** Runs every measurement; the only option is {@code --quick}. */
  public static void main(String[] arguments) throws IOException {
    List<String> options = List.of(arguments);
    if (!options.isEmpty() && !options.equals(List.of("--quick"))) {
      System.err.println("usage: java -jar benchmarks.jar [--quick]");
      System.exit(2);
    }
    Effort effort = options.isEmpty() ? Effort.full() : Effort.quick();
    Path directory = Files.createTempDirectory("freelync-benchmark-");
    // Named before anything logs: the worker's jar has a configuration of its own.
    System.setProperty("logback.configurationFile", "benchmark-logback.xml");
    int status = 0;
    try {
      measure(directory, effort);
      System.out.print(MEMORY);
    } catch (RuntimeException e) {
      e.printStackTrace();
      status = 1;
    } finally {
      delete(directory);
    }
    System.exit(status);
  }

  private static void measure(Path directory, Effort effort) {
    System.out.printf(
        "%d cores, Java %s, %s %s%n%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
    new JudgeBenchmark(effort).run().print(System.out);
    try (Stage stage = new Stage(directory)) {
      SourceRows source = new SourceRows(stage.marketplace);
      new ChainBenchmark(stage, source, effort).run().print(System.out);
      new IntakeBenchmark(stage, source, effort).run().print(System.out);
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
