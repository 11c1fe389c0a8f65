package com.freelync.control.payout;

import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.Map;
import java.util.UUID;

/** Starts the reconciliations that people asked for. */
public final class ReconciliationMessages {
  private static final String TYPE = "PayoutReconciliation";

  private final WorkflowClient client;

  public ReconciliationMessages(WorkflowClient client) {
    this.client = client;
  }

  /** The handlers by topic. */
  public Map<String, MessageHandler> handlers() {
    return Map.of(Reconciliations.RECONCILE, this::start);
  }

  private void start(OutboxMessage message) {
    ReconciliationInput input =
        new ReconciliationInput(UUID.fromString(message.key()), message.requestId());
    Starts.once(client, TYPE, options(input), input);
  }

  /** Takes up a run that no workflow is at work on; it goes on at the page that it reached. */
  public void takeUp(Reconciliation run) {
    ReconciliationInput input = new ReconciliationInput(run.id(), run.requestId());
    Starts.again(client, TYPE, options(input), input);
  }

  private static WorkflowOptions.Builder options(ReconciliationInput input) {
    return Starts.options(
        TaskQueues.PAYOUT,
        input.temporalId(),
        "payout",
        "Reconciliation " + input.id(),
        "Holds the payment gateway's book of a period against ours.");
  }
}
