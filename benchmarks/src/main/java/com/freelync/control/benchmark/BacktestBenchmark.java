package com.freelync.control.benchmark;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.backtest.BacktestRow;
import com.freelync.control.automation.backtest.Backtests;
import com.freelync.control.automation.backtest.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A backtest of 100,000 events of the past, alone and of two definitions side by side. */
final class BacktestBenchmark {
  private static final int EVENTS = 100_000;
  private static final Actor ADMIN = new Actor("admin", "benchmark");

  private final Stage stage;
  private final Instant to = Instant.now().minus(Duration.ofDays(1));
  private final Instant from = to.minus(Duration.ofDays(90));

  BacktestBenchmark(Stage stage, SourceRows source) {
    this.stage = stage;
    source.past(EVENTS, from, to);
  }

  TextTable run() {
    TextTable table = new TextTable("backtest of 100,000 events", "matched", "seconds");
    row(table, "one definition", rule(5000), null);
    row(table, "two side by side", rule(5000), rule(2500));
    return table;
  }

  private static Map<String, Object> rule(int most) {
    return Map.of(
        "name",
        "tried",
        "trigger",
        "event: payout.requested",
        "conditions",
        List.of(
            Map.of("field", "amount", "operator", "lte", "value", most),
            Map.of("field", "seller.verified", "operator", "eq", "value", true),
            Map.of("field", "seller.trust_score", "operator", "gte", "value", 8)),
        "actions",
        List.of("approve_payout"));
  }

  private void row(
      TextTable table, String name, Map<String, Object> one, @Nullable Map<String, Object> other) {
    long start = System.nanoTime();
    UUID id =
        stage
            .api
            .backtests
            .start(
                UUID.randomUUID(),
                new Backtests.Subject(null, null, one, other, null),
                from,
                to,
                ADMIN)
            .id();
    while (stage.api.backtests.get(id).finishedAt() == null) {
      stage.pause();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    BacktestRow row = stage.api.backtests.get(id);
    if (!row.status().equals("COMPLETED") || row.done() != EVENTS) {
      throw new IllegalStateException("The backtest is " + row);
    }
    table.row(name, String.valueOf(Report.of(row).first().matched()), TextTable.number(seconds, 1));
  }
}
