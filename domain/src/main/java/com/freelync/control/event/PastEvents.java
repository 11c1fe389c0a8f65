package com.freelync.control.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The past of a kind of entity: what happened, with the facts as they were then. */
public interface PastEvents {
  /** How many events there were from an instant on, before another. */
  long count(Handle handle, Instant from, Instant to);

  /**
   * The events from an instant on, before another, in the order in which they happened.
   *
   * @param after the last one that was read; null at the begin
   */
  List<PastEvent> read(
      Handle handle, Instant from, Instant to, @Nullable Position after, int limit);

  /** The place of an event in that order. */
  record Position(Instant at, UUID entityId) {}

  /**
   * One event.
   *
   * @param data what the event said
   * @param facts the entity's facts at that instant
   * @param decided what people decided of it afterwards; null if nobody did
   */
  record PastEvent(
      UUID entityId,
      Instant at,
      Map<String, Object> data,
      Map<String, Object> facts,
      @Nullable Decided decided) {
    /** Its place in the order. */
    public Position position() {
      return new Position(at, entityId);
    }
  }

  /** What a person decided, when, and why. */
  record Decided(boolean isApproved, String by, Instant at, @Nullable String reason) {}
}
