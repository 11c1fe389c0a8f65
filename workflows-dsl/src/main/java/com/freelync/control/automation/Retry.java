package com.freelync.control.automation;

import java.time.Duration;

/**
 * How a transient failure is tried again.
 *
 * @param maxRetries attempts after the first
 * @param initial the pause before the first retry
 * @param multiplier how much longer each further pause is, in hundredths (200 doubles it)
 */
public record Retry(int maxRetries, Duration initial, int multiplier) {
  /** Three retries after 1, 2 and 4 seconds. */
  public static Retry standard() {
    return new Retry(3, Duration.ofSeconds(1), 200);
  }
}
