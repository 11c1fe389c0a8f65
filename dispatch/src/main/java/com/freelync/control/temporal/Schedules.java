package com.freelync.control.temporal;

import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.common.converter.DataConverterException;

/** Schedules that the programs define: Temporal's are made to say the same. */
public final class Schedules {
  private final ScheduleClient schedules;

  public Schedules(WorkflowClient client) {
    schedules =
        ScheduleClient.newInstance(
            client.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .build());
  }

  /**
   * Makes a schedule, whose first run begins at once; where there is one it is given this spec,
   * action and policy, and an operator's pause stays.
   */
  public void ensure(String id, Schedule wanted) {
    try {
      schedules.createSchedule(
          id, wanted, ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
    } catch (ScheduleAlreadyRunningException e) {
      mend(id, wanted);
    }
  }

  private void mend(String id, Schedule wanted) {
    ScheduleHandle handle = schedules.getHandle(id);
    try {
      handle.update(
          found ->
              new ScheduleUpdate(
                  Schedule.newBuilder(wanted)
                      .setState(found.getDescription().getSchedule().getState())
                      .build()));
    } catch (ScheduleException e) {
      if (!(e.getCause() instanceof DataConverterException)) {
        throw e;
      }
      // The SDK (1.38) cannot read one whose action has a summary and no details: made anew.
      handle.delete();
      ensure(id, wanted);
    }
  }
}
