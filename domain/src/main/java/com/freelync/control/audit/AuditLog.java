package com.freelync.control.audit;

import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import java.time.Clock;
import java.util.List;

/** Writes the audit log. The database refuses to change or delete what stands in it. */
public final class AuditLog {
  private final Database database;
  private final Clock clock;

  public AuditLog(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Records what the transaction does, in that transaction. */
  public void record(Transaction transaction, AuditEntry entry) {
    transaction
        .attach(AuditDao.class)
        .insert(
            clock.instant(),
            entry.actor(),
            entry.action(),
            entry.subjectType(),
            entry.subjectId(),
            entry.outcome().name(),
            entry.reason(),
            Json.write(entry.details()),
            entry.requestId());
  }

  /** Records an attempt that was refused, in a transaction of its own. */
  public void recordRefusal(AuditEntry entry) {
    database.transaction(
        transaction -> {
          record(transaction, entry);
          return entry;
        });
  }

  /** The actions recorded about one subject, oldest first. */
  public List<String> actionsOn(String subjectId) {
    return database.read(handle -> handle.attach(AuditDao.class).actionsOn(subjectId));
  }
}
