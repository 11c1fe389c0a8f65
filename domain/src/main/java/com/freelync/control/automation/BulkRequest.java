package com.freelync.control.automation;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants done to many executions.
 *
 * @param filter which; null where they are named
 * @param executions their ids; null where the filter says which
 * @param compensates whether what is cancelled undoes what it did
 */
public record BulkRequest(
    Action action,
    @Nullable ExecutionFilter filter,
    @Nullable List<UUID> executions,
    boolean compensates,
    String reason) {
  /** What is done. */
  public enum Action {
    RETRY,
    CANCEL
  }
}
