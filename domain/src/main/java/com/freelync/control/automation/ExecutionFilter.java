package com.freelync.control.automation;

import com.freelync.control.database.ListQuery;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which executions a list holds; what is null does not matter.
 *
 * @param waitingFor a role that may decide on what they wait for
 * @param waitsFor what they wait for
 * @param isRetrying whether only those are meant of which a step failed and is tried again
 */
public record ExecutionFilter(
    @Nullable String status,
    @Nullable UUID workflowId,
    @Nullable String entityType,
    @Nullable String entityId,
    @Nullable UUID eventId,
    @Nullable String waitingFor,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable WaitKind waitsFor,
    boolean isRetrying) {
  private static final String WAITING =
      """
      e.status = 'AWAITING_APPROVAL'
      AND EXISTS (SELECT 1 FROM control.approval_request r
                   WHERE r.subject_type = 'execution' AND r.subject_id = e.id::text
                     AND r.status = 'WAITING' AND :waitingFor = ANY (r.open_roles))
      """;

  private static final String RETRYING =
      """
      e.finished_at IS NULL AND e.id IN (
        SELECT s.execution_id FROM control.execution_step s
         WHERE s.status = 'RUNNING' AND s.error IS NOT NULL)
      """;

  /** Those of which nothing is asked about waits and retries. */
  public ExecutionFilter(
      @Nullable String status,
      @Nullable UUID workflowId,
      @Nullable String entityType,
      @Nullable String entityId,
      @Nullable UUID eventId,
      @Nullable String waitingFor,
      @Nullable Instant from,
      @Nullable Instant to) {
    this(status, workflowId, entityType, entityId, eventId, waitingFor, from, to, null, false);
  }

  /** Every execution. */
  public static final ExecutionFilter ALL =
      new ExecutionFilter(null, null, null, null, null, null, null, null);

  /** The executions about one entity. */
  public static ExecutionFilter ofEntity(String type, String id) {
    return new ExecutionFilter(null, null, type, id, null, null, null, null);
  }

  /** Their list, newest first. */
  ListQuery query() {
    return query(ExecutionDao.SELECT);
  }

  /** The list of other columns of them. */
  ListQuery query(String select) {
    return new ListQuery(select, "e.created_at", "e.id")
        .where("e.status = :status", "status", status)
        .where("e.workflow_id = :workflowId", "workflowId", workflowId)
        .where("e.entity_type = :entityType", "entityType", entityType)
        .where("e.entity_id = :entityId", "entityId", entityId)
        .where("e.event_id = :eventId", "eventId", eventId)
        .where(WAITING, "waitingFor", waitingFor)
        .where("e.created_at >= :from", "from", from)
        .where("e.created_at < :to", "to", to)
        .where(waitsFor == null ? "" : waitsFor.condition(), waitsFor != null)
        .where(RETRYING, isRetrying);
  }
}
