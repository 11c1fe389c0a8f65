package com.freelync.control.benchmark;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param rounds how often each pair is measured, ours and the plain one in turns
 * @param slice how long one measurement of intake or judge lasts
 * @param perPlace payouts that each place in flight sends in one round
 */
record Effort(int rounds, Duration slice, int perPlace) {
  /** For figures worth writing down: each pair three times. */
  static Effort full() {
    return new Effort(3, Duration.ofSeconds(4), 25);
  }

  /** To see that everything works: the figures are rough. */
  static Effort quick() {
    return new Effort(1, Duration.ofSeconds(1), 5);
  }

  /** How many payouts a round sends; a single place sends more, to have a percentile at all. */
  int payouts(int inFlight) {
    return perPlace * (inFlight == 1 ? 4 : inFlight);
  }
}
