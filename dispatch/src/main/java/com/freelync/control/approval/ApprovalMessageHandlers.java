package com.freelync.control.approval;

import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import java.util.Map;
import java.util.UUID;

/** Starts and wakes the timers of requests. */
public final class ApprovalMessageHandlers {
  private final WorkflowClient client;

  public ApprovalMessageHandlers(WorkflowClient client) {
    this.client = client;
  }

  /** The handlers by topic. */
  public Map<String, MessageHandler> handlers() {
    return Map.of(Approvals.WATCH, this::ring);
  }

  private void ring(OutboxMessage message) {
    UUID id = UUID.fromString(message.key());
    Starts.orSignal(
        client,
        "ApprovalWatch",
        Starts.options(
            TaskQueues.AUTOMATION,
            ApprovalWatch.temporalId(id),
            "approval",
            "Reminds people of a request until they decide",
            "Wakes when a reminder or the last moment is due; what was decided is in the"
                + " database."),
        "decided",
        id);
  }
}
