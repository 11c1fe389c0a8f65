package com.freelync.control.analytics;

import com.freelync.control.condition.Values;
import com.freelync.control.temporal.ControlAttributes;
import com.freelync.control.temporal.Schedules;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.List;

/** What Temporal starts again and again for metrics, one run of each at a time. */
public final class AnalyticsSchedules {
  /** Five minutes after the business day's end: its last sales are committed by then. */
  private static final String DAY_END = "5 0 * * *";

  private AnalyticsSchedules() {}

  /** Makes the schedules or mends them; the first run of a new one begins at once. */
  public static void ensure(WorkflowClient client) {
    Schedules schedules = new Schedules(client);
    schedules.ensure(AnalyticsVerification.SCHEDULE, verification());
    schedules.ensure(MetricsCalculation.SCHEDULE, calculation());
  }

  private static Schedule verification() {
    // What was missed while Temporal was away need not be made up for: the next run does it all.
    return Schedule.newBuilder()
        .setAction(
            action(
                "AnalyticsVerification",
                AnalyticsVerification.SCHEDULE,
                "Proves stored aggregates against the source",
                "Rebuilds what may not be believed, then compares the months whose turn it is. A"
                    + " difference raises the alert analytics.mismatch."))
        .setSpec(
            ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(Duration.ofMinutes(1))))
                .build())
        .setPolicy(policy(Duration.ofSeconds(10)))
        .build();
  }

  private static Schedule calculation() {
    // A day that was missed is made up for when Temporal is back; one run does all that is owed.
    return Schedule.newBuilder()
        .setAction(
            action(
                "MetricsCalculation",
                MetricsCalculation.SCHEDULE,
                "Records closed periods and takes the day's snapshot",
                "What is recorded already is not recorded again; what was corrected since makes a"
                    + " new revision."))
        .setSpec(
            ScheduleSpec.newBuilder()
                .setCronExpressions(List.of(DAY_END))
                .setTimeZoneName(Values.BUSINESS_ZONE.getId())
                .build())
        .setPolicy(policy(Duration.ofDays(1)))
        .build();
  }

  private static ScheduleActionStartWorkflow action(
      String type, String id, String summary, String details) {
    return ScheduleActionStartWorkflow.newBuilder()
        .setWorkflowType(type)
        .setOptions(
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.ANALYTICS)
                .setWorkflowId(id)
                .setTypedSearchAttributes(
                    SearchAttributes.newBuilder()
                        .set(ControlAttributes.CAPABILITY, "analytics")
                        .set(ControlAttributes.SIMULATED, false)
                        .build())
                .setStaticSummary(summary)
                .setStaticDetails(details)
                .build())
        .build();
  }

  private static SchedulePolicy policy(Duration catchup) {
    return SchedulePolicy.newBuilder()
        .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
        .setCatchupWindow(catchup)
        .build();
  }
}
