package com.freelync.control.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a list holds; what is null does not matter.
 *
 * @param from not before this time
 * @param to before this time
 */
public record AuditFilter(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String subjectType,
    @Nullable String subjectId,
    @Nullable String outcome,
    @Nullable String requestId,
    @Nullable Instant from,
    @Nullable Instant to) {
  /** Every entry. */
  public static final AuditFilter ALL =
      new AuditFilter(null, null, null, null, null, null, null, null);

  /**
   * The conditions that matter, each with its value. One that does not matter is left out instead
   * of being compared with null, or PostgreSQL would plan one way for every filter.
   */
  Map<String, Object> conditions() {
    Map<String, Object> conditions = new LinkedHashMap<>();
    put(conditions, "a.actor = :actor", actor);
    put(conditions, "a.action = :action", action);
    put(conditions, "a.subject_type = :subjectType", subjectType);
    put(conditions, "a.subject_id = :subjectId", subjectId);
    // As a constant: only so the index of refused attempts is used.
    put(conditions, "a.outcome = '" + (isRefused() ? "REFUSED" : "ALLOWED") + "'", outcome);
    put(conditions, "a.request_id = :requestId", requestId);
    put(conditions, "a.at >= :from", from);
    put(conditions, "a.at < :to", to);
    return conditions;
  }

  private boolean isRefused() {
    return AuditEntry.Outcome.REFUSED.name().equals(outcome);
  }

  private static void put(Map<String, Object> conditions, String sql, @Nullable Object value) {
    if (value != null) {
      conditions.put(sql, value);
    }
  }
}
