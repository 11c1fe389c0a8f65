package com.freelync.control.automation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** For what an execution can wait. */
public enum WaitKind {
  /** A decision of people. */
  HUMAN,
  /** Room in a limit: of an action, or of executions. */
  LIMIT,
  /** A circuit breaker that is open. */
  BREAKER,
  /** A kill switch that is on. */
  KILL_SWITCH,
  /** An instant. */
  TIME,
  /** Its turn among the executions of its automation. */
  SLOT;

  /** As the interface writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of a word. */
  public static Optional<WaitKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(WaitKind::word).toList();
  }

  /** The open executions {@code e} that wait so, as SQL. */
  String condition() {
    return switch (this) {
      case HUMAN -> "e.status = 'AWAITING_APPROVAL'";
      case LIMIT ->
          """
          e.finished_at IS NULL AND e.id IN (
            SELECT w.execution_id FROM control.execution_wait w WHERE w.waits_for = 'LIMIT'
             UNION ALL
            SELECT q.execution_id FROM control.execution_queue q WHERE q.waits_for = 'LIMIT')
          """;
      case BREAKER, KILL_SWITCH ->
          """
          e.finished_at IS NULL AND e.id IN (
            SELECT w.execution_id FROM control.execution_wait w WHERE w.waits_for = '%s')
          """
              .formatted(name());
      case TIME ->
          """
          e.finished_at IS NULL AND e.id IN (
            SELECT s.execution_id FROM control.execution_step s
             WHERE s.action = 'wait' AND s.status = 'RUNNING')
          """;
      case SLOT ->
          """
          e.finished_at IS NULL AND e.id IN (
            SELECT q.execution_id FROM control.execution_queue q WHERE q.waits_for = 'SLOT')
          """;
    };
  }
}
