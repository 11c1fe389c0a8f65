package com.freelync.control.payout;

import com.freelync.control.condition.Values;
import com.freelync.control.temporal.ControlAttributes;
import com.freelync.control.temporal.Schedules;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.List;

/** What Temporal starts again and again for payouts. */
public final class PayoutSchedules {
  /** An hour after the business day's end: its last answers are written down by then. */
  private static final String AFTER_DAY_END = "0 1 * * *";

  private PayoutSchedules() {}

  /** Makes the schedule or mends it; the first run of a new one begins at once. */
  public static void ensure(WorkflowClient client) {
    new Schedules(client).ensure(ReconciliationDay.SCHEDULE, reconciliation());
  }

  private static Schedule reconciliation() {
    // A day that was missed is made up for when Temporal is back; one run does all that is owed.
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType("ReconciliationDay")
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setTaskQueue(TaskQueues.PAYOUT)
                        .setWorkflowId(ReconciliationDay.SCHEDULE)
                        .setTypedSearchAttributes(
                            SearchAttributes.newBuilder()
                                .set(ControlAttributes.CAPABILITY, "payout")
                                .set(ControlAttributes.SIMULATED, false)
                                .build())
                        .setStaticSummary("Reconciles the business days that have ended")
                        .setStaticDetails(
                            "Holds the payment gateway's book of each day against ours. A difference"
                                + " raises the alert payout.reconciliation_difference.")
                        .build())
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setCronExpressions(List.of(AFTER_DAY_END))
                .setTimeZoneName(Values.BUSINESS_ZONE.getId())
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(Duration.ofDays(1))
                .build())
        .build();
  }
}
