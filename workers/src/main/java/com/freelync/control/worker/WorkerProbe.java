package com.freelync.control.worker;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * What a worker does once before it reports ready: a workflow of its own, with a local and a
 * regular activity that reach the database. It proves that work can be done here, and the first
 * real run does not pay for a cold process.
 */
@WorkflowInterface
public interface WorkerProbe {
  /** Ends when both activities have reached the database. */
  @WorkflowMethod(name = "WorkerProbe")
  void run();

  /** The probe's call to the database. */
  @ActivityInterface(namePrefix = "Probe")
  interface ProbeActivities {
    /** Reads and writes as a run does, about an execution that does not exist. */
    @ActivityMethod
    boolean reachDatabase();
  }
}
