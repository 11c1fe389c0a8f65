package com.freelync.control.limit;

import java.time.Duration;

/**
 * How often a person may do something: in no stretch of time as long as the window more often.
 *
 * @param name its name, also in headers
 * @param most so many calls
 * @param window in so much time
 */
public record CallLimit(String name, int most, Duration window) {
  public CallLimit {
    if (most < 1 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("a limit admits something in some time");
    }
  }
}
