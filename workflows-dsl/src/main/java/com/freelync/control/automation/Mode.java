package com.freelync.control.automation;

/** How the runs of one automation share the time. */
public sealed interface Mode {
  /** At most one run; a further one is skipped. */
  record Single() implements Mode {}

  /** One after the other. */
  record Queued() implements Mode {}

  /** At most so many at once. */
  record Parallel(int max) implements Mode {}

  /** A new run asks the old one to cancel. */
  record Restart() implements Mode {}

  /** The most runs at once that a definition may ask for. */
  int MOST_PARALLEL = 1_000;

  /** The mode of an automation that names none. */
  static Mode standard() {
    return new Parallel(100);
  }
}
