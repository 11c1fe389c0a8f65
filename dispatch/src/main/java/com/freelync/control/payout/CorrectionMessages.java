package com.freelync.control.payout;

import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.Map;
import java.util.UUID;

/** Starts the retries and reversals that people asked for. */
public final class CorrectionMessages {
  private static final String TYPE = "PayoutCorrection";

  private final WorkflowClient client;

  public CorrectionMessages(WorkflowClient client) {
    this.client = client;
  }

  /** The handlers by topic. */
  public Map<String, MessageHandler> handlers() {
    return Map.of(Corrections.CORRECT, this::start);
  }

  private void start(OutboxMessage message) {
    CorrectionInput input =
        new CorrectionInput(
            UUID.fromString(String.valueOf(message.payload().get("payout_id"))),
            UUID.fromString(message.key()),
            message.requestId());
    Starts.once(client, TYPE, options(input), input);
  }

  /** Takes up a correction that no workflow is at work on; the gateway is asked by the same key. */
  public void takeUp(Correction correction) {
    CorrectionInput input =
        new CorrectionInput(correction.payoutId(), correction.id(), correction.requestId());
    Starts.again(client, TYPE, options(input), input);
  }

  private static WorkflowOptions.Builder options(CorrectionInput input) {
    return Starts.options(
        TaskQueues.PAYOUT,
        input.temporalId(),
        "payout",
        "Correction of payout " + input.payoutId(),
        "Sends a payout again that failed, or takes one back, once the gateway has said what it"
            + " did.");
  }
}
