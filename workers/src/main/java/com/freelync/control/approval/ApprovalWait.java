package com.freelync.control.approval;

import com.freelync.control.temporal.ControlAttributes;
import com.freelync.control.worker.LocalCalls;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Waits within a workflow until people have decided. It never decides: at each ring of the doorbell
 * and at each timer it asks the database, which has decided already or does what is due.
 */
public final class ApprovalWait {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm z", Locale.ENGLISH)
          .withZone(ZoneId.of("Africa/Addis_Ababa"));

  private boolean isRung;

  /** Somebody rang: the database may have something new. */
  public void ring() {
    isRung = true;
  }

  /** Waits until it is decided, or until nothing would happen by itself if that is enough. */
  public ApprovalState until(ApprovalState first, boolean isPatient) {
    ApprovalState state = first;
    while (state.outcome() == null && (isPatient || state.nextAt() != null)) {
      show(state);
      await(state.nextAt());
      isRung = false;
      state = activities(state).advance(state.id(), Workflow.currentTimeMillis());
    }
    Workflow.upsertTypedSearchAttributes(ControlAttributes.AWAITING_APPROVAL.valueUnset());
    return state;
  }

  private void await(@Nullable Instant until) {
    if (until == null) {
      Workflow.await(() -> isRung);
      return;
    }
    Duration left = Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), until);
    Workflow.await(left.compareTo(SHORTEST) < 0 ? SHORTEST : left, () -> isRung);
  }

  private static void show(ApprovalState state) {
    Workflow.upsertTypedSearchAttributes(
        ControlAttributes.AWAITING_APPROVAL.valueSet(state.roles()));
    Workflow.setCurrentDetails(
        "Waits for **%s** (%s) since %s%s."
            .formatted(
                state.waitsFor(),
                state.name(),
                TIME.format(state.since()),
                state.dueAt() == null
                    ? ""
                    : "; counts as rejected after " + TIME.format(state.dueAt())));
  }

  private static ApprovalActivities activities(ApprovalState state) {
    return LocalCalls.records(
        ApprovalActivities.class, "see what people decided on " + state.name());
  }
}
