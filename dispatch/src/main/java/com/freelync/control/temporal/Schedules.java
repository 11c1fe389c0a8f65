package com.freelync.control.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.common.converter.DataConverterException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Schedules that the programs define: Temporal's are made to say the same. */
public final class Schedules {
  private final ScheduleClient schedules;

  public Schedules(WorkflowClient client) {
    schedules =
        ScheduleClient.newInstance(
            client.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setDataConverter(client.getOptions().getDataConverter())
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

  /** A schedule as it is; empty if there is none, or one that the SDK cannot read. */
  public Optional<Schedule> find(String id) {
    try {
      return Optional.of(schedules.getHandle(id).describe().getSchedule());
    } catch (ScheduleException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      if (e.getCause() instanceof DataConverterException) {
        delete(id);
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Makes a schedule that says this, whatever one of its id said before. */
  public void put(String id, Schedule wanted) {
    try {
      schedules.createSchedule(id, wanted, ScheduleOptions.newBuilder().build());
    } catch (ScheduleAlreadyRunningException e) {
      schedules.getHandle(id).update(found -> new ScheduleUpdate(wanted));
    }
  }

  /** Makes sure that there is no such schedule. */
  public void delete(String id) {
    try {
      schedules.getHandle(id).delete();
    } catch (ScheduleException e) {
      if (!isMissing(e)) {
        throw e;
      }
    }
  }

  /** The ids of all schedules that Temporal lists, which may lag a little. */
  public List<String> ids() {
    try (Stream<ScheduleListDescription> listed = schedules.listSchedules()) {
      return listed.map(ScheduleListDescription::getScheduleId).toList();
    }
  }

  private static boolean isMissing(ScheduleException failure) {
    return failure.getCause() instanceof StatusRuntimeException status
        && status.getStatus().getCode() == Status.Code.NOT_FOUND;
  }
}
