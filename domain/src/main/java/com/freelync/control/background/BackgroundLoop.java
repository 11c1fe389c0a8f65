package com.freelync.control.background;

import com.freelync.control.database.Failures;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that takes one step after another, and rests when there is nothing to do or the last one
 * failed. Steps are transactions of milliseconds: closing waits for the one that is under way.
 */
public final class BackgroundLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final BooleanSupplier step;
  private final Duration idle;
  private final Duration afterFailure;
  private final Thread thread;
  private volatile boolean isClosing;

  private BackgroundLoop(String name, BooleanSupplier step, Duration idle, Duration afterFailure) {
    this.step = step;
    this.idle = idle;
    this.afterFailure = afterFailure;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /**
   * Starts.
   *
   * @param name of the thread, and in the log
   * @param step says whether there is more to do at once
   * @param idle the rest when there is not
   * @param afterFailure the rest after a step that threw
   */
  public static BackgroundLoop start(
      String name, BooleanSupplier step, Duration idle, Duration afterFailure) {
    BackgroundLoop loop = new BackgroundLoop(name, step, idle, afterFailure);
    loop.thread.start();
    return loop;
  }

  private void run() {
    while (!isClosing) {
      try {
        if (!step.getAsBoolean()) {
          rest(idle);
        }
      } catch (RuntimeException e) {
        LOG.warn("{} cannot go on now: {}", thread.getName(), Failures.describe(e));
        rest(afterFailure);
      }
    }
  }

  private void rest(Duration duration) {
    try {
      TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      isClosing = true;
    }
  }

  /** Ends after the step that is under way. */
  @Override
  public void close() {
    isClosing = true;
    try {
      // An interrupt would break the connection of a step, so it comes last.
      if (!thread.join(PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
