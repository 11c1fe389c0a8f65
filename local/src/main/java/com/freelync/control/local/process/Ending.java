package com.freelync.control.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How processes are ended: asked first, and forced only when they do not listen. */
public final class Ending {
  /** The parts in the order in which they end: first who takes work, last who keeps it. */
  public static final List<String> ORDER =
      List.of("supervisor", "api-server", "workers", "sandbox", "temporal", "postgres");

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

  /**
   * Ends what a killed supervisor left, in order, and returns how many processes that were. Only
   * processes of the ledger end, never one that merely has the same id.
   */
  public static int endLeftovers(ProcessLedger ledger, Duration patience) {
    List<ProcessLedger.Entry> left =
        ledger.running().stream()
            .sorted((a, b) -> Integer.compare(rank(a.name()), rank(b.name())))
            .toList();
    for (ProcessLedger.Entry entry : left) {
      entry.identity().running().ifPresent(process -> endByName(entry.name(), process, patience));
    }
    ledger.forgetEnded();
    return left.size();
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

  /** What has no name yet was being started: it ends before anything it may use. */
  private static int rank(String name) {
    int known = ORDER.indexOf(name);
    return known < 0 ? 1 : known;
  }
}
