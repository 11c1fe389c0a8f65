package com.freelync.control.automation;

import com.freelync.control.approval.Slot;
import com.freelync.control.condition.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One thing that an automation does. */
public sealed interface Step {
  /**
   * Where it stands in the definition, as a JSON Pointer: its identity in every record of a run.
   */
  String path();

  /**
   * Performs an action.
   *
   * @param id the name by which later steps refer to its output
   * @param action the action's name
   * @param with its inputs; a text may refer to {@code ${trigger.…}} and {@code ${steps.ID.…}}
   * @param retry how often a transient failure is tried again
   */
  record ActionStep(
      String path, @Nullable String id, String action, Map<String, Object> with, Retry retry)
      implements Step {
    public ActionStep {
      with = Map.copyOf(with);
    }
  }

  /** Does one thing or the other. */
  record IfStep(String path, Condition when, List<Step> then, List<Step> otherwise)
      implements Step {
    public IfStep {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /**
   * Waits for people.
   *
   * @param name what is asked for; later steps refer to it as {@code steps.NAME}
   * @param slots each is filled by a different person
   * @param remindAfter when those who are asked are reminded
   * @param escalateAfter who is asked besides, and after how long
   * @param timeout after how long it counts as rejected
   * @param continueOnReject whether the run goes on when rejected; else it ends as REJECTED
   */
  record ApprovalStep(
      String path,
      String name,
      List<Slot> slots,
      @Nullable Duration remindAfter,
      SequencedMap<Duration, Slot> escalateAfter,
      @Nullable Duration timeout,
      boolean continueOnReject)
      implements Step {
    public ApprovalStep {
      slots = List.copyOf(slots);
    }
  }
}
