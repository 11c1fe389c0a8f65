package com.freelync.control.payout;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.RunIdentity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who changes a payout's state, when and why, as its history keeps it.
 *
 * @param attempt the attempt to send it that this is about; null before the first
 */
public record Mover(
    String by,
    @Nullable String requestId,
    @Nullable UUID executionId,
    @Nullable Integer attempt,
    @Nullable String reason,
    Instant at) {
  /** A run that decides. */
  static Mover run(RunIdentity run, @Nullable String reason, Instant at) {
    return new Mover(run.actor(), run.requestId(), run.executionId(), null, reason, at);
  }

  /** What becomes of an attempt. */
  static Mover attempt(Actor actor, int attempt, @Nullable String reason, Instant at) {
    return new Mover(actor.subject(), actor.requestId(), null, attempt, reason, at);
  }
}
