package com.freelync.control.automation;

import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a durable run notes of steps that are no actions. Everything here may be called again with
 * the same arguments, by any process, and then changes nothing.
 */
public final class RunNotes {
  private final Database database;
  private final Clock clock;

  public RunNotes(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Records a condition within the run. */
  public void judged(
      UUID executionId, StepPlace place, boolean holds, List<Map<String, Object>> found) {
    completed(executionId, place, "if", Map.of("holds", holds, "conditions", found));
  }

  /** Records that a step is not taken. */
  public void skipped(UUID executionId, StepPlace place, String action, String reason) {
    write(executionId, place, action, Map.of(), 0, "SKIPPED", null, Map.of("reason", reason));
  }

  /** Records what became of a construct. */
  public void completed(
      UUID executionId, StepPlace place, String construct, Map<String, Object> output) {
    write(executionId, place, construct, Map.of(), 1, "COMPLETED", output, null);
  }

  /** Records that a construct failed. */
  public void failed(
      UUID executionId, StepPlace place, String construct, Map<String, Object> error) {
    write(executionId, place, construct, Map.of(), 1, "FAILED", null, error);
  }

  /** Records that a loop begins. */
  public void loops(UUID executionId, StepPlace place, int count, int batch) {
    write(
        executionId,
        place,
        "for_each",
        Map.of("count", count, "batch", batch),
        1,
        "RUNNING",
        null,
        null);
  }

  /** Entries of a list that a step gave, in order. */
  public List<Object> items(UUID executionId, StoredList list, int from, int most) {
    return database.read(handle -> StoredLists.read(handle, executionId, list, from, most));
  }

  /**
   * Records that the run waits, and says until when: a run that is taken up again does not wait
   * anew.
   *
   * @param until the end of the wait where it has not begun before
   */
  public Instant waits(UUID executionId, StepPlace place, Instant until) {
    return database.transaction(
        transaction -> {
          StepDao steps = transaction.attach(StepDao.class);
          return steps
              .find(executionId, place.path(), place.item())
              .map(step -> Json.readObject(step.inputJson()).get("until"))
              .map(found -> Instant.parse(String.valueOf(found)))
              .orElseGet(
                  () -> {
                    record(executionId, place, "wait", Map.of("until", until.toString()), 1)
                        .write(steps, "RUNNING", null, null, clock.instant());
                    return until;
                  });
        });
  }

  private void write(
      UUID executionId,
      StepPlace place,
      String action,
      Map<String, Object> input,
      int attempt,
      String status,
      @Nullable Map<String, Object> output,
      @Nullable Map<String, Object> error) {
    database.transaction(
        transaction -> {
          record(executionId, place, action, input, attempt)
              .write(transaction.attach(StepDao.class), status, output, error, clock.instant());
          return status;
        });
  }

  private StepRecord record(
      UUID executionId, StepPlace place, String action, Map<String, Object> input, int attempt) {
    return new StepRecord(executionId, place, action, input, attempt, clock.instant());
  }
}
