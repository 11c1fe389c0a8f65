package com.freelync.control.payout;

import com.freelync.control.payout.CorrectionActivities.Outcome;
import com.freelync.control.payout.CorrectionActivities.Question;
import com.freelync.control.payout.CorrectionActivities.TakeBack;
import com.freelync.control.payout.GatewayActivities.Answer;
import com.freelync.control.payout.TransferActivities.Order;
import com.freelync.control.worker.LocalCalls;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Corrects a payout by what the gateway says, never on trust: a new attempt only where it refused
 * the old one, and a reversal only once it took the money back.
 */
public final class PayoutCorrectionImpl implements PayoutCorrection {
  @Override
  public String correct(CorrectionInput input) {
    // Cancelling in Temporal must not leave a reversal half known: it runs detached.
    AtomicReference<@Nullable Outcome> result = new AtomicReference<>();
    Workflow.newDetachedCancellationScope(() -> result.set(settle(input))).run();
    Outcome outcome = Objects.requireNonNull(result.get());
    Workflow.setCurrentDetails(
        outcome.refusal() == null ? outcome.status() : "REFUSED: " + outcome.refusal());
    if (outcome.refusal() != null) {
      throw ApplicationFailure.newNonRetryableFailure(outcome.refusal(), "correction_refused");
    }
    return outcome.status();
  }

  private static Outcome settle(CorrectionInput input) {
    Question question = transactions("mark that the gateway may be asked").begin(input);
    if (question.settled() != null) {
      return question.settled();
    }
    return question.takeBack() == null
        ? lookUp(input, question.order())
        : takeBack(input, question.takeBack());
  }

  /** Whether the attempt was definitely refused: what the gateway never heard of was not. */
  private static Outcome lookUp(CorrectionInput input, Order order) {
    String key = order.idempotencyKey();
    Workflow.setCurrentDetails("Asks the gateway what it did, by key " + key);
    Answer answer = GatewayCalls.untilAnswered("ask what became of " + key).lookUp(order).answer();
    if (answer == null) {
      return refuse(input, "The gateway does not know the attempt " + key + ": it may still come.");
    }
    if (answer.paid()) {
      return refuse(
          input, "The gateway says that it paid the attempt " + key + ": " + answer.reference());
    }
    return transactions("record what follows").accepted(input, null);
  }

  private static Outcome takeBack(CorrectionInput input, TakeBack order) {
    Workflow.setCurrentDetails(
        "Asks the gateway to take "
            + order.disbursement()
            + " back, by key "
            + order.idempotencyKey());
    Answer answer = GatewayCalls.untilAnswered("ask to take the money back").takeBack(order);
    return answer.paid()
        ? transactions("record that it is reversed").accepted(input, answer.reference())
        : refuse(input, "The gateway refused: " + answer.reason());
  }

  private static Outcome refuse(CorrectionInput input, String why) {
    return transactions("record that nothing is changed").refused(input, why);
  }

  private static CorrectionActivities transactions(String summary) {
    return LocalCalls.records(CorrectionActivities.class, summary);
  }
}
