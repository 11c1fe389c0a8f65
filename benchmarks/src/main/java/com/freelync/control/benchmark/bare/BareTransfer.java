package com.freelync.control.benchmark.bare;

import com.freelync.control.payout.GatewayActivities.Answer;
import com.freelync.control.payout.TransferActivities.Order;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.UUID;

/** The transfer of a payout: a local activity, the gateway's regular one, a local activity. */
@WorkflowInterface
public interface BareTransfer {
  /** Books, asks the gateway, books. */
  @WorkflowMethod(name = "BareTransfer")
  void transfer(UUID payout);

  /** The transfer's transactions. */
  @ActivityInterface(namePrefix = "BareTransfer")
  interface Steps {
    /** Marks the payout as on its way and books it. */
    Order begin(UUID payout);

    /** Writes down that it is paid, and books it. */
    void paid(UUID payout, String reference);
  }

  /** The call that leaves the house. */
  @ActivityInterface(namePrefix = "BareGateway")
  interface GatewayStep {
    /** Asks the gateway to pay. */
    Answer disburse(Order order);
  }

  /** The workflow. */
  final class Workflowed implements BareTransfer {
    private final Steps steps =
        Workflow.newLocalActivityStub(
            Steps.class,
            LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(2))
                .build());
    private final GatewayStep gateway =
        Workflow.newActivityStub(
            GatewayStep.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(12)).build());

    @Override
    public void transfer(UUID payout) {
      Order order = steps.begin(payout);
      steps.paid(payout, String.valueOf(gateway.disburse(order).reference()));
    }
  }
}
