package com.freelync.control.automation;

import com.freelync.control.approval.Slot;
import com.freelync.control.condition.Judgement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The interpreter's only way to the world. A durable one performs for real; a simulated one says
 * what would happen and writes nothing.
 */
public interface Effects {
  /** Performs an action, with its retries, and says how it ended. */
  ActionResult perform(ActionCall call);

  /** Waits for the decision of people. */
  ApprovalResult decide(StepPlace place, Step.ApprovalStep step);

  /** Waits for a time. */
  void pause(StepPlace place, Step.WaitStep step, Until until);

  /** Runs all branches at the same time; the n-th answer is the n-th one's. */
  List<Optional<RunOutcome>> together(
      StepPlace place, List<Supplier<Optional<RunOutcome>>> branches);

  /** Takes every item of a loop, in batches; empty if nothing ended the run. */
  Optional<RunOutcome> each(Loop loop);

  /**
   * Undoes what the body of a try has done, in reverse order: what undoes a step was registered
   * before that was called.
   *
   * @return what could not be undone, as sentences
   */
  List<String> undo(StepPlace attempt);

  /** Notes which way a condition within the run went. */
  void judged(StepPlace place, Step.IfStep step, Judgement judgement);

  /** Notes that a step is not taken, and why. */
  void skipped(StepPlace place, Step step, String reason);

  /** Notes what became of a construct: a failure that was handled, a run that was ended. */
  void noted(StepPlace place, Step step, Map<String, Object> output);

  /**
   * One call of an action, all references resolved.
   *
   * @param compensations what undoes it, in order
   */
  record ActionCall(
      StepPlace place,
      Step.ActionStep step,
      Map<String, Object> input,
      List<ActionCall> compensations) {}

  /** How an action ended. */
  sealed interface ActionResult {
    /** It was done; later steps see its output. */
    record Done(Map<String, Object> output) implements ActionResult {}

    /** It was left out, as the definition says of a full limit; later steps see what it gives. */
    record Skipped(String reason) implements ActionResult {}

    /** It was refused, or failed for good. */
    record Failed(String type, String message, @Nullable String stackTrace)
        implements ActionResult {}

    /** People refused what it asked for. */
    record Rejected(String reason) implements ActionResult {}
  }

  /** What people decided. */
  record ApprovalResult(Answer answer, List<String> by, String comment) {
    /** What later steps see of it. */
    Map<String, Object> asResult() {
      return Map.of("outcome", answer.name(), "by", by, "comment", comment);
    }
  }

  /** How people answer. */
  enum Answer {
    APPROVED,
    REJECTED,
    TIMED_OUT
  }

  /**
   * A loop that is due.
   *
   * @param place where it stands
   * @param items the list, or a {@link StoredList}
   * @param scope what its steps see besides their item
   */
  record Loop(StepPlace place, Step.ForEachStep step, Object items, Scope scope) {}

  /** The slots of an approval, for records. */
  static List<List<String>> names(List<Slot> slots) {
    return slots.stream().map(Slot::roleNames).toList();
  }
}
