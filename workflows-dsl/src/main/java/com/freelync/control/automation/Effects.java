package com.freelync.control.automation;

import com.freelync.control.approval.Slot;
import com.freelync.control.condition.Judgement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The interpreter's only way to the world. A durable one performs for real; a simulated one says
 * what would happen and writes nothing.
 */
public interface Effects {
  /** Performs an action, with its retries, and says how it ended. */
  ActionResult perform(ActionCall call);

  /** Waits for the decision of people. */
  ApprovalResult decide(Step.ApprovalStep step);

  /** Notes which way a condition within the run went. */
  void judged(Step.IfStep step, Judgement judgement);

  /** Notes that a step is not taken, and why. */
  void skipped(Step step, String reason);

  /** One call of an action, all references resolved. */
  record ActionCall(Step.ActionStep step, Map<String, Object> input) {}

  /** How an action ended. */
  sealed interface ActionResult {
    /** It was done; later steps see its output. */
    record Done(Map<String, Object> output) implements ActionResult {}

    /** It was refused, or failed for good. */
    record Failed(String type, String message, @Nullable String stackTrace)
        implements ActionResult {}
  }

  /** What people decided. */
  record ApprovalResult(boolean approved, String outcome, List<String> by, String comment) {}

  /** The slots of an approval, for records. */
  static List<List<String>> names(List<Slot> slots) {
    return slots.stream().map(Slot::roleNames).toList();
  }
}
