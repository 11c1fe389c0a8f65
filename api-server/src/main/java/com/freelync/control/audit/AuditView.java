package com.freelync.control.audit;

import com.freelync.control.audit.chain.AuditRow;
import com.freelync.control.database.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is answered.
 *
 * @param number its number; numbers grow, but not in the order of commits
 * @param sealed whether it stands in the chain; until then position and hash are null
 */
record AuditView(
    long number,
    Instant at,
    String actor,
    String action,
    String subjectType,
    String subjectId,
    String outcome,
    @Nullable String reason,
    Map<String, Object> details,
    @Nullable String requestId,
    boolean sealed,
    @Nullable Long position,
    @Nullable String hash) {

  static AuditView of(ListedEntry entry) {
    AuditRow row = entry.row();
    return new AuditView(
        row.id(),
        row.at(),
        row.actor(),
        row.action(),
        row.subjectType(),
        row.subjectId(),
        row.outcome(),
        row.reason(),
        Json.readObject(row.details()),
        row.requestId(),
        entry.position() != null,
        entry.position(),
        entry.hash());
  }
}
