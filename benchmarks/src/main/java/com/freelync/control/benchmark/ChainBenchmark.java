package com.freelync.control.benchmark;

import com.freelync.control.benchmark.bare.BareChain;
import com.freelync.control.benchmark.bare.PlainIntake;
import com.freelync.control.payout.HttpGateway;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** From an event to a paid payout, beside bare Temporal workflows that write the same rows. */
final class ChainBenchmark {
  private static final int[] IN_FLIGHT = {1, 8, 32};

  private final SourceRows source;
  private final Effort effort;
  private final Stage stage;
  private final ClosedLoad load;
  private final Consumer<UUID> ours;
  private final Consumer<UUID> bare;

  ChainBenchmark(Stage stage, SourceRows source, Effort effort) {
    this.source = source;
    this.effort = effort;
    this.stage = stage;
    load = new ClosedLoad(stage.opened(new PaidWatch(stage.readerPool())));
    Events events = new Events(stage.api.events);
    ours = payout -> events.accept(List.of(payout));
    UUID example = source.lowRisk(1).get(0);
    load.run(ours, List.of(example), 1);
    BareChain chain =
        stage.opened(
            new BareChain(
                new PlainIntake(stage.apiDatabase.dataSource(), example),
                stage.apiConnection(),
                stage.connect(),
                stage.workerPool().dataSource(),
                new HttpGateway(stage.gateway().address(), Stage.GATEWAY_KEY),
                Stage.MAX_TASKS));
    bare = chain::request;
  }

  /** Measures both in turns at each number in flight. */
  TextTable run() {
    TextTable table =
        new TextTable("event to paid", "in flight", "control center", "bare Temporal", "ratio");
    measured(ours, 8);
    measured(bare, 8);
    for (int inFlight : IN_FLIGHT) {
      Measured center = measured(ours, inFlight);
      Measured plain = measured(bare, inFlight);
      for (int round = 1; round < effort.rounds(); round++) {
        center = center.plus(measured(ours, inFlight));
        plain = plain.plus(measured(bare, inFlight));
      }
      row(table, "p50 ms", inFlight, center.millis(0.50), plain.millis(0.50));
      row(table, "p95 ms", inFlight, center.millis(0.95), plain.millis(0.95));
      row(table, "payouts / s", inFlight, center.perSecond(), plain.perSecond());
    }
    return table;
  }

  /** One figure of both, with their ratio. */
  static void row(TextTable table, String figure, int inFlight, double center, double plain) {
    table.row(
        figure,
        String.valueOf(inFlight),
        TextTable.number(center, 1),
        TextTable.number(plain, 1),
        TextTable.ratio(center, plain));
  }

  private Measured measured(Consumer<UUID> chain, int inFlight) {
    Measured measured = load.run(chain, source.lowRisk(effort.payouts(inFlight)), inFlight);
    stage.awaitQuiet();
    return measured;
  }
}
