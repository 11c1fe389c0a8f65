package com.freelync.control.automation;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One loop of a run, with a life of its own: its history is begun anew as often as it grows long,
 * and the run's own stays small.
 */
@WorkflowInterface
public interface AutomationLoop {
  /** Takes every item that is left. */
  @WorkflowMethod(name = "AutomationLoop")
  LoopResult run(LoopInput input);

  /**
   * A doorbell: look into the database. It decides nothing.
   *
   * @param place for whom it rings, as {@link StepPlace} writes it; null for everybody who waits
   */
  @SignalMethod(name = "decided")
  void decided(@Nullable String place);

  /**
   * What a loop is given.
   *
   * @param run what its run was given
   * @param place where the loop stands
   * @param items the list, or the name of a stored one
   * @param count how many items there are
   * @param from the first item that is left
   * @param results the results of earlier steps to which the loop's steps refer, by id
   * @param words the {@code item} and {@code error} that are seen around the loop
   */
  record LoopInput(
      RunInput run,
      StepPlace place,
      Object items,
      int count,
      int from,
      Map<String, Map<String, Object>> results,
      Map<String, @Nullable Object> words) {
    /** The same loop, further on. */
    public LoopInput from(int next) {
      return new LoopInput(run, place, items, count, next, results, words);
    }

    /** The workflow's id, which says which loop of which run it is. */
    public String temporalId() {
      return run.temporalId()
          + place.path()
          + (place.item().isEmpty() ? "" : "[" + place.item() + "]");
    }
  }

  /**
   * How a loop ended.
   *
   * @param status COMPLETED, FAILED, REJECTED, or STOPPED where a step ended the run
   * @param open what a retry takes again
   */
  record LoopResult(
      String status,
      @Nullable StepPlace place,
      @Nullable String type,
      @Nullable String reason,
      List<StepPlace> open) {
    /** How a loop whose items ended so ended. */
    public static LoopResult of(@Nullable RunOutcome end) {
      return switch (end) {
        case null -> new LoopResult("COMPLETED", null, null, null, List.of());
        case RunOutcome.Completed stop ->
            new LoopResult("STOPPED", null, null, stop.reason(), List.of());
        case RunOutcome.Failed failed ->
            new LoopResult(
                "FAILED", failed.place(), failed.type(), failed.message(), failed.open());
        case RunOutcome.Rejected rejected ->
            new LoopResult("REJECTED", rejected.place(), null, rejected.reason(), List.of());
      };
    }

    /** What it means for the run; null if the run goes on. */
    public @Nullable RunOutcome outcome() {
      StepPlace at = place == null ? StepPlace.of("") : place;
      return switch (status) {
        case "COMPLETED" -> null;
        case "STOPPED" -> new RunOutcome.Completed(reason);
        case "REJECTED" -> new RunOutcome.Rejected(at, String.valueOf(reason));
        default ->
            new RunOutcome.Failed(at, String.valueOf(type), String.valueOf(reason), null, open);
      };
    }
  }
}
