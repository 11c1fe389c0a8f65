package com.freelync.control.database;

import java.time.Instant;
import java.util.UUID;

/** Where a list goes on: after the row with this time and id, newest first. */
public record Cursor(Instant at, UUID id) {
  /** Before every row. */
  public static final Cursor START =
      new Cursor(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));
}
