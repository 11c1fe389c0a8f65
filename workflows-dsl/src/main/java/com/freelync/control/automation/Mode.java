package com.freelync.control.automation;

/** How the runs of one automation share the time. */
public sealed interface Mode {
  /** As many at once as come. */
  record Unlimited() implements Mode {}

  /** At most one run; a further one is skipped. */
  record Single() implements Mode {}

  /** One after the other, in the order in which they came. */
  record Queued() implements Mode {}

  /** At most so many at once; further ones wait in the order in which they came. */
  record Parallel(int max) implements Mode {}

  /** A new run asks the old one to cancel, and begins once that has ended. */
  record Restart() implements Mode {}

  /** The most runs at once that a definition may ask for. */
  int MOST_PARALLEL = 1_000;

  /** How many runs may be under way at once. */
  default int most() {
    return switch (this) {
      case Unlimited unlimited -> Integer.MAX_VALUE;
      case Parallel parallel -> parallel.max();
      case Single single -> 1;
      case Queued queued -> 1;
      case Restart restart -> 1;
    };
  }

  /** The mode of an automation that names none. */
  static Mode standard() {
    return new Unlimited();
  }
}
