package com.freelync.control.analytics;

import com.freelync.control.temporal.ControlAttributes;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.List;

/** Lets Temporal start the verification each minute, one at a time. */
public final class VerificationSchedule {
  private VerificationSchedule() {}

  /** Makes the schedule where there is none; the first run begins at once. */
  public static void ensure(WorkflowClient client) {
    ScheduleClient schedules =
        ScheduleClient.newInstance(
            client.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .build());
    try {
      schedules.createSchedule(
          AnalyticsVerification.SCHEDULE,
          schedule(),
          ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
    } catch (ScheduleAlreadyRunningException e) {
      // Another worker, or an earlier start, has made it.
    }
  }

  private static Schedule schedule() {
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType("AnalyticsVerification")
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setTaskQueue(TaskQueues.ANALYTICS)
                        .setWorkflowId(AnalyticsVerification.SCHEDULE)
                        .setTypedSearchAttributes(
                            SearchAttributes.newBuilder()
                                .set(ControlAttributes.CAPABILITY, "analytics")
                                .set(ControlAttributes.SIMULATED, false)
                                .build())
                        .setStaticSummary("Proves stored aggregates against the source")
                        .build())
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(Duration.ofMinutes(1))))
                .build())
        // What was missed while Temporal was away need not be made up for: the next run does it
        // all.
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(Duration.ofSeconds(10))
                .build())
        .build();
  }
}
