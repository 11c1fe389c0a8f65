package com.freelync.control.automation;

import com.freelync.control.database.Json;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A step that is about to be recorded. */
record StepRecord(
    UUID executionId,
    StepPlace place,
    String action,
    Map<String, Object> input,
    int attempt,
    Instant startedAt) {
  /** Marks the error of a step that was skipped because people refused to let it pass its limit. */
  static final String REJECTED = "rejected";

  /** The same step with the inputs that were really used. */
  StepRecord with(Map<String, Object> completed) {
    return new StepRecord(executionId, place, action, completed, attempt, startedAt);
  }

  /** Writes it; whether it was not COMPLETED already. */
  boolean write(
      StepDao steps,
      String status,
      @Nullable Map<String, Object> output,
      @Nullable Map<String, Object> error,
      Instant now) {
    return steps.write(
            executionId,
            place.path(),
            place.item(),
            action,
            status,
            attempt,
            Json.write(input),
            output == null ? null : Json.write(output),
            error == null ? null : Json.write(error),
            startedAt,
            isOpen(status) ? null : now)
        == 1;
  }

  private static boolean isOpen(String status) {
    return status.equals("RUNNING") || status.equals("WAITING");
  }
}
