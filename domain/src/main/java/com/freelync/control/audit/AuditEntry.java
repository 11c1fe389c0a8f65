package com.freelync.control.audit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log.
 *
 * @param actor the subject who acted, or {@code system}
 * @param action what was done or attempted, such as {@code automation.create}
 * @param subjectType the kind of thing it was done to
 * @param subjectId which one
 * @param outcome whether it was allowed
 * @param reason why it was done or refused
 * @param details small facts; never a secret and never personal data
 * @param requestId the HTTP request that led to it
 */
public record AuditEntry(
    String actor,
    String action,
    String subjectType,
    String subjectId,
    Outcome outcome,
    @Nullable String reason,
    Map<String, Object> details,
    @Nullable String requestId) {

  public AuditEntry {
    details = Map.copyOf(details);
  }

  /** Whether the attempt was carried out. */
  public enum Outcome {
    ALLOWED,
    REFUSED
  }

  /** An entry of something that was done. */
  public static AuditEntry allowed(
      Actor actor,
      String action,
      String subjectType,
      String subjectId,
      Map<String, Object> details) {
    return new AuditEntry(
        actor.subject(),
        action,
        subjectType,
        subjectId,
        Outcome.ALLOWED,
        null,
        details,
        actor.requestId());
  }

  /** The same entry with the reason that was given. */
  public AuditEntry because(@Nullable String why) {
    return new AuditEntry(actor, action, subjectType, subjectId, outcome, why, details, requestId);
  }
}
