package com.freelync.control.analytics;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.outbox.Outbox;
import java.time.YearMonth;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

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
  private final Supplier<UUID> ids;

  public Rebuilds(Database database, Outbox outbox, AuditLog audit, Supplier<UUID> ids) {
    this.database = database;
    this.outbox = outbox;
    this.audit = audit;
    this.ids = ids;
  }

  /**
   * Owes a rebuild of whole months to Temporal; traffic runs on meanwhile.
   *
   * @param until the first month that does not belong to it; later than {@code from}
   * @return its identity
   */
  public UUID request(YearMonth from, YearMonth until, String reason, Actor actor) {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("a rebuild has at least one month");
    }
    UUID id = ids.get();
    Map<String, Object> months = Map.of(FROM, from.toString(), UNTIL, until.toString());
    return database.transaction(
        transaction -> {
          outbox.append(transaction, TOPIC, id.toString(), months, actor.requestId());
          audit.record(
              transaction,
              AuditEntry.allowed(
                      actor, "analytics.rebuild", "analytics_rebuild", id.toString(), months)
                  .because(reason));
          return id;
        });
  }
}
