package com.freelync.control.failpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * Stops a thread at a point that a test has armed. The test makes {@code armed/NAME}; the first who
 * comes there moves it to {@code hit/NAME.PID}, and goes on once the test makes {@code go/NAME}, or
 * after half a minute.
 */
final class Stop {
  private static final long LONGEST_MILLIS = 30_000;
  private static final long POLL_MILLIS = 5;

  private Stop() {}

  static void at(Path directory, String name) {
    Path armed = directory.resolve("armed").resolve(name);
    if (!Files.exists(armed)) {
      return;
    }
    try {
      Path hit = directory.resolve("hit").resolve(name + "." + ProcessHandle.current().pid());
      Files.move(armed, hit, StandardCopyOption.ATOMIC_MOVE);
      await(directory.resolve("go").resolve(name));
    } catch (NoSuchFileException e) {
      // Somebody else came first.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Path go) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS);
    while (!Files.exists(go) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }
}
