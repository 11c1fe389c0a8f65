package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The immutable record of each change (CF-3), written in the change's transaction with its entry in
 * the audit log. The database chains the entries of a setting, and refuses to alter them.
 */
final class History {
  private final AuditLog audit;

  History(AuditLog audit) {
    this.audit = audit;
  }

  /**
   * Records what was done to a version, as it is afterwards.
   *
   * @param previous what held or stood there before, in the object form and masked; null for
   *     nothing
   */
  void record(
      Transaction transaction,
      Action action,
      VersionRow row,
      @Nullable String previous,
      Actor actor,
      @Nullable String reason,
      Map<String, Object> details) {
    transaction
        .handle()
        .createUpdate(
            """
            INSERT INTO control.config_change_history
                   (key, version_id, version, action, status, actor, at, reason, previous, value,
                    risk_level, impact, can_rollback, content_hash, details, request_id)
            VALUES (:row.key, :row.id, :row.version, :action, :row.status, :actor, :row.updatedAt,
                    :reason, CAST(:previous AS jsonb), CAST(:value AS jsonb), :row.riskLevel,
                    CAST(:row.impactJson AS jsonb), :row.canRollback, :row.contentHash,
                    CAST(:details AS jsonb), :requestId)
            """)
        .bindMethods("row", row)
        .bind("action", action.name())
        .bind("actor", actor.subject())
        .bind("reason", reason)
        .bind("previous", previous)
        .bind("value", row.shown())
        .bind("details", Json.write(details))
        .bind("requestId", actor.requestId())
        .execute();
    Map<String, Object> facts = new LinkedHashMap<>(details);
    facts.put("key", row.key());
    facts.put("version", row.version());
    facts.put("status", row.status());
    facts.put("risk_level", row.riskLevel());
    facts.put("content_hash", row.contentHash());
    audit.record(
        transaction,
        AuditEntry.allowed(actor, action.audited(), "configuration", row.id().toString(), facts)
            .because(reason));
  }

  /** What was done. */
  enum Action {
    CREATED,
    EDITED,
    SUBMITTED,
    APPROVAL,
    APPROVED,
    REJECTED,
    CANCELLED,
    SUSPENDED,
    FAILED,
    ACTIVATED,
    SUPERSEDED,
    ROLLED_BACK,
    GUARD_PASSED,
    GUARD_HELD,
    GUARD_KEPT;

    String audited() {
      return "config." + name().toLowerCase(Locale.ROOT);
    }
  }

  /** The entries of a setting or of one version, the newest first, after a place. */
  static List<ConfigChange> list(
      Handle handle, String key, @Nullable UUID version, int before, int limit) {
    return handle
        .createQuery(
            """
            SELECT place, version_id, version, action, status, actor, at, reason,
                   previous::text AS previous_json, value::text AS value_json, risk_level,
                   impact::text AS impact_json, can_rollback, content_hash,
                   details::text AS details_json, request_id, encode(hash, 'hex') AS hash
              FROM control.config_change_history
             WHERE key = :key AND place < :before
               AND (CAST(:version AS uuid) IS NULL OR version_id = :version)
             ORDER BY place DESC LIMIT :limit
            """)
        .bind("key", key)
        .bind("version", version)
        .bind("before", before)
        .bind("limit", limit)
        .map(History::read)
        .list();
  }

  private static ConfigChange read(ResultSet row, StatementContext context) throws SQLException {
    String previous = row.getString("previous_json");
    return new ConfigChange(
        row.getInt("place"),
        row.getObject("version_id", UUID.class),
        row.getInt("version"),
        row.getString("action"),
        row.getString("status"),
        row.getString("actor"),
        row.getTimestamp("at").toInstant(),
        row.getString("reason"),
        previous == null ? null : Json.readObject(previous),
        Json.readObject(row.getString("value_json")),
        row.getString("risk_level"),
        Json.readObject(row.getString("impact_json")),
        row.getBoolean("can_rollback"),
        row.getString("content_hash"),
        Json.readObject(row.getString("details_json")),
        row.getString("request_id"),
        row.getString("hash"));
  }
}
