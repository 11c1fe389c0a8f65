package com.freelync.control.automation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How a loop ended, in its step's output or error: of itself, ending the run, or failing. */
public final class LoopEnd {
  private static final String OUTCOME = "outcome";
  private static final String REASON = "reason";
  private static final String STOPPED = "STOPPED";
  private static final String REJECTED = "REJECTED";

  private static final String STEP = "step";

  private LoopEnd() {}

  /** The error of a loop that failed; it names the step that did. */
  public static Map<String, Object> error(RunOutcome.Failed failed) {
    Map<String, Object> error =
        new LinkedHashMap<>(Runs.failure(failed.type(), failed.message(), null));
    error.put(STEP, failed.place().toString());
    return error;
  }

  /** What the error of the loop at a place says. */
  static RunOutcome.Failed failed(StepPlace loop, Map<String, Object> error) {
    return new RunOutcome.Failed(
        error.get(STEP) instanceof String step ? StepPlace.parse(step) : loop,
        String.valueOf(error.get("type")),
        String.valueOf(error.get("message")),
        null);
  }

  /** The output of a loop over so many items. */
  public static Map<String, Object> output(int count, Optional<RunOutcome> end) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("count", count);
    end.ifPresent(outcome -> add(output, outcome));
    return output;
  }

  private static void add(Map<String, Object> output, RunOutcome end) {
    if (end instanceof RunOutcome.Completed stop) {
      output.put(OUTCOME, STOPPED);
      output.put(REASON, stop.reason());
    } else if (end instanceof RunOutcome.Rejected rejected) {
      output.put(OUTCOME, REJECTED);
      output.put(REASON, rejected.reason());
    }
  }

  /** What an output says of the run; empty if the run went on. */
  static Optional<RunOutcome> read(StepPlace place, Map<String, Object> output) {
    Object reason = output.get(REASON);
    return switch (String.valueOf(output.get(OUTCOME))) {
      case STOPPED ->
          Optional.of(new RunOutcome.Completed(reason == null ? null : reason.toString()));
      case REJECTED -> Optional.of(new RunOutcome.Rejected(place, String.valueOf(reason)));
      default -> Optional.empty();
    };
  }
}
