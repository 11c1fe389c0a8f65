package com.freelync.control.automation.safety;

import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.StepPlace;
import java.util.UUID;

/**
 * A call of an action that wants to pass the gates.
 *
 * @param generation how often its step was undone before and taken again
 * @param standard the action's limits unless settings say otherwise
 * @param own the lower limits of the automation
 * @param isExempt whether people approved it in the run itself: it counts towards no limit
 * @param waitsItsTurn whether it waits where others came before: one that would not wait at all
 *     takes what there is
 */
public record Call(
    UUID executionId,
    StepPlace place,
    int generation,
    UUID workflowId,
    String action,
    ActionLimits standard,
    ActionLimits own,
    boolean isExempt,
    boolean waitsItsTurn) {
  /** What tells it from every other call. */
  String key() {
    return executionId + place.toString();
  }
}
