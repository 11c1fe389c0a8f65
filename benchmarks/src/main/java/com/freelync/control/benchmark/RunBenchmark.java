package com.freelync.control.benchmark;

import com.freelync.control.audit.Actor;
import com.freelync.control.benchmark.bare.BareOnceChain;
import com.freelync.control.benchmark.bare.PlainIntake;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * From an event to a completed execution with one action, beside a bare Temporal workflow with one
 * activity that writes the same rows.
 */
final class RunBenchmark {
  private static final int[] IN_FLIGHT = {1, 8, 32};

  private final SourceRows source;
  private final Effort effort;
  private final Stage stage;
  private final ClosedLoad load;
  private final Consumer<UUID> ours;
  private final Consumer<UUID> bare;

  RunBenchmark(Stage stage, SourceRows source, Effort effort) {
    this.source = source;
    this.effort = effort;
    this.stage = stage;
    stage.only(
        Map.of(
            "name",
            "Reject what is too much",
            "status",
            "ACTIVE",
            "trigger",
            "event: payout.requested",
            "conditions",
            List.of(Map.of("field", "amount", "operator", "eq", "value", 5001)),
            "steps",
            List.of(Map.of("action", "reject_payout", "with", Map.of("reason", "too much")))),
        new Actor("system:benchmark", null));
    load = new ClosedLoad(stage.opened(PaidWatch.ofExecutions(stage.readerPool())));
    Events events = new Events(stage.api.events);
    ours = payout -> events.accept(List.of(payout));
    UUID example = source.unmatched(1).get(0);
    load.run(ours, List.of(example), 1);
    BareOnceChain chain =
        stage.opened(
            new BareOnceChain(
                new PlainIntake(stage.apiDatabase.dataSource(), example),
                stage.apiConnection(),
                stage.connect(),
                stage.workerPool().dataSource(),
                Stage.MAX_TASKS));
    bare = chain::request;
  }

  /** Measures both in turns at each number in flight. */
  TextTable run() {
    TextTable table =
        new TextTable(
            "event to completed", "in flight", "control center", "bare Temporal", "ratio");
    measured(ours, 32);
    measured(bare, 32);
    for (int inFlight : IN_FLIGHT) {
      Measured center = measured(ours, inFlight);
      Measured plain = measured(bare, inFlight);
      for (int round = 1; round < effort.rounds(); round++) {
        center = center.plus(measured(ours, inFlight));
        plain = plain.plus(measured(bare, inFlight));
      }
      ChainBenchmark.row(table, "p50 ms", inFlight, center.millis(0.50), plain.millis(0.50));
      ChainBenchmark.row(table, "p95 ms", inFlight, center.millis(0.95), plain.millis(0.95));
      ChainBenchmark.row(table, "executions / s", inFlight, center.perSecond(), plain.perSecond());
    }
    return table;
  }

  private Measured measured(Consumer<UUID> chain, int inFlight) {
    Measured measured = load.run(chain, source.unmatched(4 * effort.payouts(inFlight)), inFlight);
    stage.awaitQuiet();
    return measured;
  }
}
