package com.freelync.control.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
   * The conditions that matter. One that does not is left out instead of being compared with null,
   * or PostgreSQL would plan one way for every filter.
   */
  List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    add(conditions, actor, "a.actor = :actor");
    add(conditions, action, "a.action = :action");
    add(conditions, subjectType, "a.subject_type = :subjectType");
    add(conditions, subjectId, "a.subject_id = :subjectId");
    // A constant: only so the index of refused attempts is used.
    boolean isRefused = AuditEntry.Outcome.REFUSED.name().equals(outcome);
    add(conditions, outcome, isRefused ? "a.outcome = 'REFUSED'" : "a.outcome = :outcome");
    add(conditions, requestId, "a.request_id = :requestId");
    add(conditions, from, "a.at >= :from");
    add(conditions, to, "a.at < :to");
    return conditions;
  }

  private static void add(List<String> conditions, @Nullable Object value, String condition) {
    if (value != null) {
      conditions.add(condition);
    }
  }
}
