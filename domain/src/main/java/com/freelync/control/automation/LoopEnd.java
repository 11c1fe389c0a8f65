package com.freelync.control.automation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a loop that did not fail ended, as its record says: whether one of its steps ended the run.
 */
public final class LoopEnd {
  private static final String ENDED = "ended";

  private LoopEnd() {}

  /** What is recorded of a loop over so many items. */
  public static Map<String, Object> output(int count, Optional<RunOutcome> end) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("count", count);
    end.ifPresent(
        outcome ->
            output.put(ENDED, outcome instanceof RunOutcome.Rejected ? "REJECTED" : "COMPLETED"));
    return output;
  }

  /** The end of the run that a recorded loop led to; empty if the run went on. */
  static Optional<RunOutcome> of(StepPlace loop, Map<String, Object> output) {
    return Optional.ofNullable(output.get(ENDED))
        .map(
            ended ->
                ended.equals("REJECTED")
                    ? new RunOutcome.Rejected(loop, "")
                    : new RunOutcome.Completed());
  }
}
