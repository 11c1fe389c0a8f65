package com.freelync.control.audit;

import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads the audit log. */
public final class AuditTrail {
  private final Database database;

  public AuditTrail(Database database) {
    this.database = database;
  }

  /** The entries that the filter lets through, the newest first, after a place in that order. */
  public List<ListedEntry> list(AuditFilter filter, Cursor after, int limit) {
    return database.read(
        handle -> query(handle, "", filter, after, limit).mapTo(ListedEntry.class).list());
  }

  /** How PostgreSQL finds them. */
  String plan(AuditFilter filter, int limit) {
    return database.read(
        handle ->
            String.join(
                "\n",
                query(handle, "EXPLAIN ", filter, Cursor.START, limit).mapTo(String.class).list()));
  }

  private static Query query(
      Handle handle, String before, AuditFilter filter, Cursor after, int limit) {
    StringBuilder sql =
        new StringBuilder(before)
            .append("SELECT ")
            .append(SealDao.ROW)
            .append(
                """
                , s.position, encode(s.hash, 'hex') AS hash
                  FROM control.audit_log a LEFT JOIN control.audit_seal s ON s.audit_id = a.id
                 WHERE (a.at, a.id) < (:afterAt, :afterId)
                """);
    filter.conditions().forEach(condition -> sql.append(" AND ").append(condition));
    return handle
        .createQuery(sql.append(" ORDER BY a.at DESC, a.id DESC LIMIT :limit").toString())
        .bind("afterAt", after.at())
        .bind("afterId", numberOf(after))
        .bind("limit", limit)
        .bindMethods(filter);
  }

  /** The place of an entry in the lists' order. */
  public static Cursor place(ListedEntry entry) {
    return new Cursor(entry.row().at(), new UUID(0, entry.row().id()));
  }

  private static long numberOf(Cursor after) {
    return after.equals(Cursor.START) ? Long.MAX_VALUE : after.id().getLeastSignificantBits();
  }

  /** How many entries wait for their seal. */
  public long unsealed() {
    return database.read(
        handle ->
            handle.select("SELECT count(*) FROM control.audit_pending").mapTo(Long.class).one());
  }

  /** Since how many seconds the oldest of them waits; 0 if none does. */
  public double oldestUnsealedSeconds() {
    return database.read(
        handle ->
            handle
                .select(
                    """
                    SELECT CAST(coalesce(extract(epoch FROM clock_timestamp() - min(since)), 0)
                                AS float8)
                      FROM control.audit_pending
                    """)
                .mapTo(Double.class)
                .one());
  }
}
