package com.freelync.control.benchmark.bare;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** The run of an execution with nothing but its three local activities. */
@WorkflowInterface
public interface BareRun {
  /** Begins, approves, finishes. */
  @WorkflowMethod(name = "BareRun")
  void run(BareInput input);

  /** The run's transactions. */
  @ActivityInterface(namePrefix = "BareRun")
  interface Steps {
    /** Marks the execution as running. */
    void begin(BareInput input);

    /** Approves the payout and starts its transfer. */
    void approve(BareInput input);

    /** Ends the execution. */
    void finish(BareInput input);
  }

  /** The workflow. */
  final class Workflowed implements BareRun {
    private final Steps steps =
        Workflow.newLocalActivityStub(
            Steps.class,
            LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(2))
                .build());

    @Override
    public void run(BareInput input) {
      steps.begin(input);
      steps.approve(input);
      steps.finish(input);
    }
  }
}
