package com.freelync.control.local.stack;

import java.time.Duration;

/** Pauses before starting a part again: half a second, doubled each time, at most 30 s. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** After this long without an end the next pause is the first one again. */
  static final Duration CALM = Duration.ofMinutes(1);

  private Duration next = FIRST;

  /**
   * The pause to make now.
   *
   * @param lived how long the part had been ready
   */
  Duration after(Duration lived) {
    if (lived.compareTo(CALM) >= 0) {
      next = FIRST;
    }
    Duration pause = next;
    next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
    return pause;
  }
}
