package com.freelync.control.automation;

import com.freelync.control.background.BackgroundLoop;
import java.time.Duration;

/**
 * Starts what changes of the source start, and what automations missed while they were paused.
 * Every worker has one; whatever one leaves undone, the next one does.
 */
public final class TriggerLoop implements AutoCloseable {
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final BackgroundLoop changes;
  private final BackgroundLoop missed;

  private TriggerLoop(BackgroundLoop changes, BackgroundLoop missed) {
    this.changes = changes;
    this.missed = missed;
  }

  /** Starts following. */
  public static TriggerLoop start(TriggerModule triggers) {
    return new TriggerLoop(
        BackgroundLoop.start("state-changes", triggers.changes::follow, IDLE, AFTER_FAILURE),
        BackgroundLoop.start("missed-work", triggers.missed::next, IDLE, AFTER_FAILURE));
  }

  /** Ends after the transactions that are under way. */
  @Override
  public void close() {
    changes.close();
    missed.close();
  }
}
