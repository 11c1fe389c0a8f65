package com.freelync.control.analytics;

import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import java.util.Map;
import java.util.UUID;

/** Starts the rebuilds that people asked for. */
public final class RebuildMessages {
  private final WorkflowClient client;

  public RebuildMessages(WorkflowClient client) {
    this.client = client;
  }

  /** The handlers by topic. */
  public Map<String, MessageHandler> handlers() {
    return Map.of(Rebuilds.TOPIC, this::start);
  }

  private void start(OutboxMessage message) {
    RebuildInput input =
        new RebuildInput(
            UUID.fromString(message.key()),
            String.valueOf(message.payload().get(Rebuilds.FROM)),
            String.valueOf(message.payload().get(Rebuilds.UNTIL)));
    Starts.once(
        client,
        "AnalyticsRebuild",
        Starts.options(
            TaskQueues.ANALYTICS,
            input.temporalId(),
            "analytics",
            "Rebuild " + input.from() + " until " + input.until(),
            "Makes the rollups of these months anew from the source, while traffic runs, and"
                + " compares them with it."),
        input);
  }
}
