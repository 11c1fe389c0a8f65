package com.freelync.control.automation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of an execution as it is kept; texts named {@code …Json} hold JSON.
 *
 * @param item within loops the numbers of their items; empty outside of them
 * @param generation how often it was undone before and taken again
 * @param superseded whether it was undone and is taken again
 */
public record StepRow(
    String path,
    String item,
    String action,
    String status,
    int attempts,
    String inputJson,
    @Nullable String outputJson,
    @Nullable String errorJson,
    Instant startedAt,
    @Nullable Instant finishedAt,
    int generation,
    boolean superseded) {
  /** Where it stands. */
  public StepPlace place() {
    return new StepPlace(path, item);
  }
}
