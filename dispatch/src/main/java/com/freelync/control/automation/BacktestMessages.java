package com.freelync.control.automation;

import com.freelync.control.automation.backtest.Backtests;
import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import java.util.Map;
import java.util.UUID;

/** Starts the backtests that people asked for. */
public final class BacktestMessages {
  private final WorkflowClient client;

  public BacktestMessages(WorkflowClient client) {
    this.client = client;
  }

  /** The handlers by topic. */
  public Map<String, MessageHandler> handlers() {
    return Map.of(Backtests.TOPIC, this::start);
  }

  private void start(OutboxMessage message) {
    UUID id = UUID.fromString(message.key());
    Starts.once(
        client,
        "Backtest",
        Starts.options(
                TaskQueues.BACKTEST,
                BacktestJob.temporalId(id),
                "automation",
                "Backtest",
                "Tries a definition on the past; it writes its findings, nothing else.")
            .setTypedSearchAttributes(Starts.attributes("automation", true)),
        id);
  }
}
