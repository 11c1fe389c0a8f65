package com.freelync.control.automation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Of what an execution is the one of its automation; what is null does not matter. */
record Origin(
    @Nullable UUID eventId,
    @Nullable Instant scheduledAt,
    @Nullable Long changeId,
    @Nullable UUID taskId) {
  /** A person asks, as often as they like. */
  static final Origin PERSON = new Origin(null, null, null, null);

  static Origin event(UUID id) {
    return new Origin(id, null, null, null);
  }

  static Origin instant(Instant at) {
    return new Origin(null, at, null, null);
  }

  static Origin change(long id) {
    return new Origin(null, null, id, null);
  }

  /** A task at one of its instants, or at any time if there is none. */
  static Origin task(UUID id, @Nullable Instant at) {
    return new Origin(null, at, null, id);
  }

  @Nullable String scheduledAtText() {
    return scheduledAt == null ? null : scheduledAt.toString();
  }
}
