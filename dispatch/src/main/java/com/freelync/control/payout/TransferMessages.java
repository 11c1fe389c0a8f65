package com.freelync.control.payout;

import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.Map;
import java.util.UUID;

/** Starts the durable transfers of approved payouts. */
public final class TransferMessages {
  private static final String TYPE = "PayoutTransfer";

  private final WorkflowClient client;

  public TransferMessages(WorkflowClient client) {
    this.client = client;
  }

  /** The handlers by topic. */
  public Map<String, MessageHandler> handlers() {
    return Map.of(Transfers.TRANSFER, this::start);
  }

  private void start(OutboxMessage message) {
    TransferInput input =
        new TransferInput(
            UUID.fromString(String.valueOf(message.payload().get("payout_id"))),
            ((Number) message.payload().getOrDefault("attempt", 1)).intValue(),
            message.requestId());
    Starts.once(client, TYPE, options(input), input);
    Failpoint.TRANSFER_STARTED.reach();
  }

  /**
   * Takes up a transfer that no workflow is at work on: one was terminated, or Temporal has lost
   * it. The gateway is asked by the same key, so money is still sent once.
   */
  public void takeUp(Transfer transfer) {
    TransferInput input = new TransferInput(transfer.payoutId(), transfer.attempt(), null);
    Starts.again(client, TYPE, options(input), input);
  }

  private static WorkflowOptions.Builder options(TransferInput input) {
    return Starts.options(
        TaskQueues.PAYOUT,
        input.temporalId(),
        "payout",
        "Payout " + input.payoutId() + ", attempt " + input.attempt(),
        "Sends an approved payout to its seller, once.");
  }
}
