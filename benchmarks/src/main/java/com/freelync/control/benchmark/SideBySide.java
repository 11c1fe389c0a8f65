package com.freelync.control.benchmark;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * The control center and bare Temporal workflows that write the same rows, in turns under the same
 * load.
 *
 * @param payouts fresh payouts for a load of so many in flight
 * @param ours begins the one
 * @param bare begins the other
 */
record SideBySide(
    Stage stage,
    Effort effort,
    ClosedLoad load,
    IntFunction<List<UUID>> payouts,
    Consumer<UUID> ours,
    Consumer<UUID> bare) {
  private static final int[] IN_FLIGHT = {1, 8, 32};

  /**
   * Measures both in turns at each number in flight.
   *
   * @param what what is measured, as the table's title
   * @param unit what is done, in the plural
   */
  TextTable run(String what, String unit) {
    TextTable table = new TextTable(what, "in flight", "control center", "bare Temporal", "ratio");
    // Once each at the most, so that neither is measured cold.
    measured(ours, 32);
    measured(bare, 32);
    for (int inFlight : IN_FLIGHT) {
      Measured center = measured(ours, inFlight);
      Measured plain = measured(bare, inFlight);
      for (int round = 1; round < effort.rounds(); round++) {
        center = center.plus(measured(ours, inFlight));
        plain = plain.plus(measured(bare, inFlight));
      }
      row(table, "p50 ms", inFlight, center.millis(0.50), plain.millis(0.50));
      row(table, "p95 ms", inFlight, center.millis(0.95), plain.millis(0.95));
      row(table, unit + " / s", inFlight, center.perSecond(), plain.perSecond());
    }
    return table;
  }

  private static void row(
      TextTable table, String figure, int inFlight, double center, double plain) {
    table.row(
        figure,
        String.valueOf(inFlight),
        TextTable.number(center, 1),
        TextTable.number(plain, 1),
        TextTable.ratio(center, plain));
  }

  private Measured measured(Consumer<UUID> chain, int inFlight) {
    Measured measured = load.run(chain, payouts.apply(inFlight), inFlight);
    stage.awaitQuiet();
    return measured;
  }
}
