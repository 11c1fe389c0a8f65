package com.freelync.control.automation;

import com.freelync.control.worker.LocalCalls;
import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.OffsetDateTime;

/** Records the instant that Temporal says the schedule meant, which may be long ago. */
public final class TickImpl implements Tick {
  private static final SearchAttributeKey<OffsetDateTime> SCHEDULED_FOR =
      SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

  @Override
  public void tick(TickInput input) {
    OffsetDateTime at = Workflow.getTypedSearchAttributes().get(SCHEDULED_FOR);
    if (at == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "Only a schedule starts this: it has no instant of its own", "no_instant");
    }
    LocalCalls.records(TickActivities.class, "record " + at)
        .record(input, at.toInstant().toEpochMilli());
  }
}
