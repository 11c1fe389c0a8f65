package com.freelync.control.configuration;

import java.time.Clock;
import java.time.Duration;

/**
 * Wakes the workflows of versions that should have gone on a while ago: Temporal may have lost
 * them.
 */
public final class LostChanges implements Runnable {
  private final ConfigurationProgress progress;
  private final Clock clock;
  private final Duration after;

  public LostChanges(ConfigurationProgress progress, Clock clock, Duration after) {
    this.progress = progress;
    this.clock = clock;
    this.after = after;
  }

  @Override
  public void run() {
    progress.wake(clock.instant().minus(after));
  }
}
