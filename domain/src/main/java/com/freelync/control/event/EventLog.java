package com.freelync.control.event;

import com.freelync.control.database.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Events that were received before. */
public final class EventLog {
  private EventLog() {}

  /** A stored event and when it was received. */
  public record Received(StoredEvent event, Instant receivedAt) {}

  /**
   * Events of a type in the order in which they were received.
   *
   * @param from the first instant
   * @param until the last instant
   * @param afterAt where the list goes on: after the event of this time and id; null at its begin
   */
  public static List<Received> received(
      Handle handle,
      String type,
      Instant from,
      Instant until,
      @Nullable Instant afterAt,
      @Nullable UUID afterId,
      int most) {
    return handle
        .attach(EventDao.class)
        .received(
            type,
            from,
            until,
            afterAt == null ? from : afterAt,
            afterId == null ? new UUID(0, 0) : afterId,
            most)
        .stream()
        .map(
            row ->
                new Received(
                    new StoredEvent(row.id(), row.type(), Json.readObject(row.data())),
                    row.receivedAt()))
        .toList();
  }
}
