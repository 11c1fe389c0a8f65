package com.freelync.control.benchmark.bare;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** A run with one local activity, in one transaction. */
@WorkflowInterface
public interface BareOnce {
  /** Rejects. */
  @WorkflowMethod(name = "BareOnce")
  void run(BareInput input);

  /** The one transaction. */
  @ActivityInterface(namePrefix = "BareOnce")
  interface Step {
    /** Begins the execution, rejects the payout, and ends the execution. */
    void reject(BareInput input);
  }

  /** The workflow. */
  final class Workflowed implements BareOnce {
    private final Step step =
        Workflow.newLocalActivityStub(
            Step.class,
            LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(2))
                .build());

    @Override
    public void run(BareInput input) {
      step.reject(input);
    }
  }
}
