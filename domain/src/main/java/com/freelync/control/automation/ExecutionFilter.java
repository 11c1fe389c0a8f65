package com.freelync.control.automation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which executions a list holds; what is null does not matter. */
public record ExecutionFilter(
    @Nullable String status,
    @Nullable UUID workflowId,
    @Nullable String entityType,
    @Nullable String entityId,
    @Nullable UUID eventId,
    @Nullable Instant from,
    @Nullable Instant to) {
  /** Every execution. */
  public static final ExecutionFilter ALL =
      new ExecutionFilter(null, null, null, null, null, null, null);

  /** The executions about one entity. */
  public static ExecutionFilter ofEntity(String type, String id) {
    return new ExecutionFilter(null, null, type, id, null, null, null);
  }
}
