package com.freelync.control.approval;

import com.freelync.control.temporal.ControlAttributes;
import com.freelync.control.worker.LocalCalls;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Waits within a workflow until people have decided. It never decides: at each ring of the doorbell
 * and at each timer it asks the database, which has decided already or does what is due.
 */
public final class ApprovalWait {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm z", Locale.ENGLISH)
          .withZone(ZoneId.of("Africa/Addis_Ababa"));

  private final Doorbell bell;
  private final SortedMap<UUID, String> waiting = new TreeMap<>();

  /** How often it had rung for all when somebody last looked: what rang since is to be heard. */
  private int heard;

  public ApprovalWait(Doorbell bell) {
    this.bell = bell;
  }

  /**
   * Waits until it is decided, or until nothing would happen by itself if that is enough.
   *
   * @param place where in the workflow it is waited for
   */
  public ApprovalState until(String place, ApprovalState first, boolean isPatient) {
    ApprovalState state = first;
    int mine = heard;
    while (state.outcome() == null && (isPatient || state.nextAt() != null)) {
      show(state);
      bell.await(place, mine, left(state.nextAt()));
      mine = bell.rings(place);
      heard = bell.ringsForAll();
      state = activities(state).advance(state.id(), Workflow.currentTimeMillis());
    }
    waiting.remove(state.id());
    if (waiting.isEmpty()) {
      Workflow.upsertTypedSearchAttributes(ControlAttributes.AWAITING_APPROVAL.valueUnset());
    } else {
      search();
    }
    return state;
  }

  private static @Nullable Duration left(@Nullable Instant until) {
    return until == null
        ? null
        : Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), until);
  }

  private void show(ApprovalState state) {
    waiting.put(state.id(), state.roles());
    search();
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

  /** Several may be asked at the same time. */
  private void search() {
    TreeSet<String> roles = new TreeSet<>();
    waiting.values().forEach(some -> roles.addAll(Arrays.asList(some.split(",", -1))));
    Workflow.upsertTypedSearchAttributes(
        ControlAttributes.AWAITING_APPROVAL.valueSet(String.join(",", roles)));
  }

  private static ApprovalActivities activities(ApprovalState state) {
    return LocalCalls.records(
        ApprovalActivities.class, "see what people decided on " + state.name());
  }
}
