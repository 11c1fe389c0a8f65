package com.freelync.control.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares again and again what the database says is under way with what Temporal is at work on,
 * and holds what is measured against the rules of alerts. It is a thread of each worker and no
 * workflow: it must also mend what Temporal has lost, and tell people when Temporal is away.
 */
final class Sweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sweep").daemon().factory());

  private Sweep() {}

  /**
   * @param pause between two looks
   */
  static Sweep start(Duration pause, List<Runnable> tasks) {
    Sweep sweep = new Sweep();
    for (Runnable task : tasks) {
      sweep.clock.scheduleWithFixedDelay(
          () -> quietly(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
    return sweep;
  }

  /** A task that throws would never be called again. */
  private static void quietly(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("{} will look again: {}", task.getClass().getSimpleName(), e.getMessage());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
