package com.freelync.control.worker;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Calls the database both ways. */
public final class WorkerProbeImpl implements WorkerProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Override
  public void run() {
    Workflow.newLocalActivityStub(
            ProbeActivities.class,
            LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(PATIENCE)
                .setSummary("reach the database within the workflow task")
                .build())
        .reachDatabase();
    Workflow.newActivityStub(
            ProbeActivities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(PATIENCE)
                .setSummary("reach the database by way of the task queue")
                .build())
        .reachDatabase();
  }
}
