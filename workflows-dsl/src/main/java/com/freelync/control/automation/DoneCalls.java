package com.freelync.control.automation;

import com.freelync.control.automation.Effects.ActionCall;
import java.util.ArrayList;
import java.util.List;

/** The calls that were made, of one who only imagines them: to undo them in reverse order. */
public final class DoneCalls {
  private final List<ActionCall> done = new ArrayList<>();

  /** Notes a call that was made. */
  public void add(ActionCall call) {
    done.add(call);
  }

  /** What undoes the calls that were made in the body of an attempt, the last one first. */
  public List<ActionCall> undoing(StepPlace attempt) {
    StepPlace body = new StepPlace(attempt.path() + "/try", attempt.item());
    return List.copyOf(done).reversed().stream()
        .filter(call -> body.holds(call.place()))
        .flatMap(call -> call.compensations().stream())
        .toList();
  }
}
