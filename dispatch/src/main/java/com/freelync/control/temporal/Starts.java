package com.freelync.control.temporal;

import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;

/**
 * Starts workflows whose id is a business identity: a second start finds the first and is content.
 */
public final class Starts {
  private Starts() {}

  /**
   * How a workflow that acts is found and read in Temporal.
   *
   * @param id its business identity
   * @param capability by what operators find it
   * @param summary what it is, in one line
   * @param details what it does, in a sentence
   */
  public static WorkflowOptions.Builder options(
      String taskQueue, String id, String capability, String summary, String details) {
    return WorkflowOptions.newBuilder()
        .setTaskQueue(taskQueue)
        .setWorkflowId(id)
        .setTypedSearchAttributes(attributes(capability, false))
        .setStaticSummary(summary)
        .setStaticDetails(details);
  }

  /** What every workflow of ours is found by. */
  public static SearchAttributes attributes(String capability, boolean isSimulated) {
    return SearchAttributes.newBuilder()
        .set(ControlAttributes.CAPABILITY, capability)
        .set(ControlAttributes.SIMULATED, isSimulated)
        .build();
  }

  /** Starts a workflow unless one of this id runs or ran. */
  public static void once(
      WorkflowClient client, String type, WorkflowOptions.Builder options, Object input) {
    start(
        client,
        type,
        options.setWorkflowIdReusePolicy(
            WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE),
        input);
  }

  /** Starts a workflow unless one of this id runs: one that ran and ended is taken up again. */
  public static void again(
      WorkflowClient client, String type, WorkflowOptions.Builder options, Object input) {
    start(
        client,
        type,
        options.setWorkflowIdReusePolicy(
            WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE),
        input);
  }

  private static void start(
      WorkflowClient client, String type, WorkflowOptions.Builder options, Object input) {
    WorkflowStub stub =
        client.newUntypedWorkflowStub(type, options.setDisableEagerExecution(false).build());
    try {
      stub.start(input);
    } catch (WorkflowExecutionAlreadyStarted e) {
      // An earlier delivery of the same message got through.
    }
  }

  /**
   * Signals the workflow of this id, started first if it never was; one that is over stays over.
   */
  public static void orSignal(
      WorkflowClient client,
      String type,
      WorkflowOptions.Builder options,
      String signal,
      Object input) {
    signal(
        client,
        type,
        options.setWorkflowIdReusePolicy(
            WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE),
        signal,
        input);
  }

  /** Signals the workflow of this id, started first if it does not run; also one that is over. */
  public static void orSignalAgain(
      WorkflowClient client,
      String type,
      WorkflowOptions.Builder options,
      String signal,
      Object input) {
    signal(
        client,
        type,
        options.setWorkflowIdReusePolicy(
            WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE),
        signal,
        input);
  }

  private static void signal(
      WorkflowClient client,
      String type,
      WorkflowOptions.Builder options,
      String signal,
      Object input) {
    WorkflowStub stub = client.newUntypedWorkflowStub(type, options.build());
    try {
      stub.signalWithStart(signal, new Object[0], new Object[] {input});
    } catch (WorkflowExecutionAlreadyStarted e) {
      // It is over: nothing is left to wake.
    }
  }
}
