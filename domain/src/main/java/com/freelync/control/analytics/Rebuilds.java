package com.freelync.control.analytics;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.outbox.Outbox;
import java.time.YearMonth;
import java.util.Map;
import java.util.UUID;

/** Rebuilds that people ask for: of months whose rollups differed from the source. */
public final class Rebuilds {
  /** The topic of the outbox. */
  public static final String TOPIC = "analytics.rebuild";

  /** Fields of its messages. */
  public static final String FROM = "from";

  public static final String UNTIL = "until";

  private final Database database;
  private final Outbox outbox;
  private final AuditLog audit;

  public Rebuilds(Database database, Outbox outbox, AuditLog audit) {
    this.database = database;
    this.outbox = outbox;
    this.audit = audit;
  }

  /**
   * Owes a rebuild of whole months to Temporal; traffic runs on meanwhile.
   *
   * @param id its identity; what has it already is not started again
   * @param until the first month that does not belong to it; later than {@code from}
   */
  public void request(UUID id, YearMonth from, YearMonth until, String reason, Actor actor) {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("a rebuild has at least one month");
    }
    Map<String, Object> months = Map.of(FROM, from.toString(), UNTIL, until.toString());
    database.transaction(
        transaction -> {
          outbox.append(transaction, TOPIC, id.toString(), months, actor.requestId());
          audit.record(
              transaction,
              AuditEntry.allowed(
                      actor, "analytics.rebuild", "analytics_rebuild", id.toString(), months)
                  .because(reason));
          return true;
        });
  }
}
