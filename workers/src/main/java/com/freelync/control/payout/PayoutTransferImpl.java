package com.freelync.control.payout;

import com.freelync.control.payout.GatewayActivities.Answer;
import com.freelync.control.payout.TransferActivities.Order;
import com.freelync.control.worker.LocalCalls;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends a payout. Money that may be under way is never given up: the gateway is asked, always by
 * the same key, until it says definitely that it paid or refused.
 */
public final class PayoutTransferImpl implements PayoutTransfer {
  @Override
  public TransferResult transfer(TransferInput input) {
    // Cancelling in Temporal must not leave a payment half known: the transfer runs detached.
    AtomicReference<@Nullable TransferResult> result = new AtomicReference<>();
    Workflow.newDetachedCancellationScope(() -> result.set(send(input))).run();
    return Objects.requireNonNull(result.get());
  }

  private static TransferResult send(TransferInput input) {
    Workflow.setCurrentDetails("Books the payout as on its way");
    Order order = transactions("book the payout as on its way").begin(input);
    if (order.settledStatus() != null) {
      Workflow.setCurrentDetails("Settled before: " + order.settledStatus());
      return new TransferResult(order.settledStatus(), null);
    }
    Workflow.setCurrentDetails("Asks the gateway to pay, by key " + order.idempotencyKey());
    Answer answer = GatewayCalls.untilAnswered("ask the gateway to pay").disburse(order);
    if (answer.paid()) {
      transactions("record that it is paid").paid(input, String.valueOf(answer.reference()));
      Workflow.setCurrentDetails("DISBURSED: " + answer.reference());
      return new TransferResult("DISBURSED", answer.reference());
    }
    String reason = String.valueOf(answer.reason());
    transactions("take the booking back").refused(input, reason);
    Workflow.setCurrentDetails("FAILED: " + reason);
    throw ApplicationFailure.newNonRetryableFailure(
        "The gateway refused: " + reason, "gateway_refused");
  }

  private static TransferActivities transactions(String summary) {
    return LocalCalls.records(TransferActivities.class, summary);
  }
}
