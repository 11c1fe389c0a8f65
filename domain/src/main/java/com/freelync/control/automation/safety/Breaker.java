package com.freelync.control.automation.safety;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the last calls of an action went.
 *
 * @param failures how many failed one after the other
 * @param trips how often it opened
 * @param openedAt since when the action is not called; null if it is
 * @param retryAt when one call tries again; null while it is closed
 * @param trialOf which call tries; null if none does
 */
public record Breaker(
    String action,
    State state,
    int failures,
    long trips,
    @Nullable String lastError,
    @Nullable Instant openedAt,
    @Nullable Instant retryAt,
    @Nullable String trialOf,
    Instant updatedAt) {
  /** Whether the action is called. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }
}
