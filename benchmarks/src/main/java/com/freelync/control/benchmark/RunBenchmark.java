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
  private final SideBySide both;

  RunBenchmark(Stage stage, SourceRows source, Effort effort) {
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
    ClosedLoad load = new ClosedLoad(stage.opened(PaidWatch.ofExecutions(stage.readerPool())));
    Events events = new Events(stage.api.events);
    Consumer<UUID> ours = payout -> events.accept(List.of(payout));
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
    both =
        new SideBySide(
            stage,
            effort,
            load,
            flight -> source.unmatched(4 * effort.payouts(flight)),
            ours,
            chain::request);
  }

  /** Measures both in turns. */
  TextTable run() {
    return both.run("event to completed", "executions");
  }
}
