package com.freelync.control.automation;

import com.freelync.control.database.Json;
import com.freelync.control.problem.RequestRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a retry of an execution takes again. */
final class Retries {
  private static final String OPEN = "open";

  private Retries() {}

  /** The error of a run that failed, as it is recorded: with what a retry takes again. */
  static Map<String, Object> error(RunOutcome.Failed failed) {
    Map<String, Object> error =
        new LinkedHashMap<>(Runs.failure(failed.type(), failed.message(), failed.stackTrace()));
    error.put("path", failed.place().path());
    error.put(
        OPEN,
        failed.open().stream()
            .map(place -> Map.of("path", place.path(), "item", place.item()))
            .toList());
    return error;
  }

  static void requireRetryable(ExecutionRow row) {
    if (!row.status().equals("FAILED")) {
      throw new RequestRefused.IllegalMove(
          "Only an execution that FAILED is retried; this one is " + row.status() + ".", List.of());
    }
    if (row.startedAt() == null) {
      throw new RequestRefused.IllegalMove(
          "It failed before it began, so there is no step to retry: mend the cause and send the"
              + " event again, or execute the automation.",
          List.of());
    }
  }

  /** A step that failed is taken again; a block that was undone is taken again in whole. */
  static void reopen(StepDao steps, ExecutionRow row) {
    UUID id = row.id();
    if (Json.readObject(row.errorJson()).get(OPEN) instanceof List<?> places) {
      for (Object place : places) {
        if (place instanceof Map<?, ?> open) {
          reopen(steps, id, String.valueOf(open.get("path")), String.valueOf(open.get("item")));
        }
      }
    }
  }

  private static void reopen(StepDao steps, UUID id, String path, String item) {
    if (steps.isUndone(id, path, item)) {
      steps.supersede(id, path, item);
    } else {
      steps.reopen(id, path, item);
    }
  }
}
