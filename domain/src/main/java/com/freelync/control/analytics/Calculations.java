package com.freelync.control.analytics;

import java.time.Duration;

/** Hears of each calculation of metrics: how long it took, and whether there was an answer. */
@FunctionalInterface
public interface Calculations {
  /** Nobody hears of them. */
  Calculations UNHEARD = (kind, took, succeeded) -> {};

  /** What a calculation is for. */
  enum Kind {
    /** A question of a person. */
    QUESTION,
    /** Everything at a glance. */
    DASHBOARD,
    /** The state of a day. */
    SNAPSHOT,
    /** The record of closed periods. */
    RECORD
  }

  /** One ended. */
  void ended(Kind kind, Duration took, boolean succeeded);

  /** Both hear of them. */
  default Calculations and(Calculations other) {
    return (kind, took, succeeded) -> {
      ended(kind, took, succeeded);
      other.ended(kind, took, succeeded);
    };
  }
}
