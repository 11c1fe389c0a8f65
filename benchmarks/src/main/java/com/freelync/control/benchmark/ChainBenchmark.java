package com.freelync.control.benchmark;

import com.freelync.control.benchmark.bare.BareChain;
import com.freelync.control.benchmark.bare.PlainIntake;
import com.freelync.control.payout.HttpGateway;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** From an event to a paid payout, beside bare Temporal workflows that write the same rows. */
final class ChainBenchmark {
  private final SideBySide both;

  ChainBenchmark(Stage stage, SourceRows source, Effort effort) {
    ClosedLoad load = new ClosedLoad(stage.opened(new PaidWatch(stage.readerPool())));
    Events events = new Events(stage.api.events);
    Consumer<UUID> ours = payout -> events.accept(List.of(payout));
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
    both =
        new SideBySide(
            stage,
            effort,
            load,
            flight -> source.lowRisk(effort.payouts(flight)),
            ours,
            chain::request);
  }

  /** Measures both in turns. */
  TextTable run() {
    return both.run("event to paid", "payouts");
  }
}
