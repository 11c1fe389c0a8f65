package com.freelync.control.task;

import com.freelync.control.automation.Times;
import java.time.Duration;
import java.time.Instant;

/** What becomes of instants that passed while nobody could come, or while a task was paused. */
public enum MissedPolicy {
  /** The last of them runs, the others do not. */
  RUN_ONCE,
  /** Each of them runs. */
  RUN_ALL,
  /** None of them runs. */
  SKIP;

  /** An instant is missed when it is so late. */
  static final Duration ON_TIME = Duration.ofMinutes(1);

  /**
   * Whether an instant runs now. The answer for one that is missed stays the same however often it
   * is asked, as long as it is not too late for any.
   *
   * @param catchUp how late a missed instant may still run
   */
  boolean runs(Times times, Instant at, Instant now, Duration catchUp) {
    Duration late = Duration.between(at, now);
    if (late.compareTo(ON_TIME) <= 0) {
      return true;
    }
    if (late.compareTo(catchUp) > 0) {
      return false;
    }
    return switch (this) {
      case SKIP -> false;
      case RUN_ALL -> true;
      case RUN_ONCE -> times.after(at).findFirst().filter(next -> !next.isAfter(now)).isEmpty();
    };
  }
}
