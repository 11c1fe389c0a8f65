package com.freelync.control.approval;

import com.freelync.control.database.Database;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How many questions wait for people. */
public final class PendingApprovals {
  private final Database database;

  public PendingApprovals(Database database) {
    this.database = database;
  }

  /**
   * What waits.
   *
   * @param oldestAt since when the oldest does; null where none waits
   */
  public record Pending(long count, @Nullable Instant oldestAt) {}

  /** Reads it. */
  public Pending read() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT count(*) AS count, min(requested_at) AS oldest_at
                      FROM control.approval_request WHERE status = 'WAITING'
                    """)
                .mapTo(Pending.class)
                .one());
  }
}
