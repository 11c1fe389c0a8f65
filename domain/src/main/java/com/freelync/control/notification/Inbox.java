package com.freelync.control.notification;

import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one person was told. Nobody sees the inbox of another. */
public final class Inbox {
  private final Database database;
  private final Clock clock;

  public Inbox(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A person's messages after the cursor, the newest first.
   *
   * @param unread true for those that were not read, false for those that were; null for all
   */
  public List<InboxMessage> list(String person, @Nullable Boolean unread, Cursor after, int limit) {
    return database.read(
        handle ->
            handle.attach(InboxDao.class).list(person, unread, after.at(), after.id(), limit));
  }

  /**
   * Marks a message as read; the first time counts.
   *
   * @throws RequestRefused.NotFound if the person has no such message, whoever else may have it
   */
  public InboxMessage markRead(String person, UUID id) {
    return database.transaction(
        transaction -> {
          InboxDao dao = transaction.attach(InboxDao.class);
          dao.markRead(id, person, clock.instant());
          return dao.find(id, person).orElseThrow(() -> new RequestRefused.NotFound("message", id));
        });
  }
}
