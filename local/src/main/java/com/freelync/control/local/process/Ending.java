package com.freelync.control.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How processes are ended: asked first, and forced only when they do not listen. */
public final class Ending {
  /**
   * The parts in the order in which they end, those of one set at the same time: first who takes
   * work, last who keeps it. What has no name yet was being started.
   */
  public static final List<Set<String>> ORDER =
      List.of(
          Set.of("supervisor"),
          Set.of("api-server", "workers", "unnamed"),
          Set.of("sandbox"),
          Set.of("temporal", "postgres"));

  private Ending() {}

  /**
   * Asks a process to end and returns when it has; forces it after {@code patience}.
   *
   * @return whether it ended by itself
   */
  public static boolean end(ProcessHandle process, Duration patience) {
    process.destroy();
    return awaitOrForce(process, patience);
  }

  /** Asks all of them to end at the same time, and returns when all have. */
  public static void endAll(List<ProcessHandle> processes, Duration patience) {
    processes.forEach(ProcessHandle::destroy);
    processes.parallelStream().forEach(process -> awaitOrForce(process, patience));
  }

  /**
   * Ends what a killed supervisor left, in order, and returns how many processes that were. Only
   * processes of the ledger end, never one that merely has the same id.
   */
  public static int endLeftovers(ProcessLedger ledger, Duration patience) {
    List<ProcessLedger.Entry> left = ledger.running();
    for (Set<String> together : ORDER) {
      left.parallelStream()
          .filter(entry -> together.contains(entry.name()))
          .forEach(entry -> endEntry(entry, patience));
    }
    ledger.forgetEnded();
    return left.size();
  }

  private static void endEntry(ProcessLedger.Entry entry, Duration patience) {
    entry.identity().running().ifPresent(process -> endByName(entry.name(), process, patience));
  }

  private static void endByName(String name, ProcessHandle process, Duration patience) {
    // PostgreSQL waits for its clients on SIGTERM; SIGINT ends it at once and cleanly.
    if (name.equals("postgres") && signal("INT", process)) {
      awaitOrForce(process, patience);
    } else {
      end(process, patience);
    }
  }

  private static boolean awaitOrForce(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
      process.onExit().join();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return false;
    }
  }

  private static boolean signal(String name, ProcessHandle process) {
    try {
      return new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
