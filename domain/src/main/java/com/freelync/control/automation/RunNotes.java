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
  /** The error type of a run whose loops take too many items. */
  public static final String TOO_MANY = "too_many_items";

  /** All loops of a run together; more would be a run of days. */
  private static final int MOST_ITEMS = 100_000;

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

  /**
   * Records that a loop begins.
   *
   * @throws ActionRefused if all loops of the run together would take too many items
   */
  public void loops(UUID executionId, StepPlace place, int count, int batch) {
    requireFew(executionId, place, count);
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

  private void requireFew(UUID executionId, StepPlace place, int count) {
    long others =
        database.read(
            handle ->
                handle
                    .attach(StepDao.class)
                    .itemsOfOtherLoops(executionId, place.path(), place.item()));
    if (others + count > MOST_ITEMS) {
      throw new ActionRefused(
          TOO_MANY,
          "all loops of a run together take %,d items at most, and this one would make %,d"
              .formatted(MOST_ITEMS, others + count));
    }
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
