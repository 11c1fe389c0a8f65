package com.freelync.control.automation;

import com.freelync.control.database.ListQuery;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which executions a list holds; what is null does not matter.
 *
 * @param waitingFor a role that may decide on what they wait for
 */
public record ExecutionFilter(
    @Nullable String status,
    @Nullable UUID workflowId,
    @Nullable String entityType,
    @Nullable String entityId,
    @Nullable UUID eventId,
    @Nullable String waitingFor,
    @Nullable Instant from,
    @Nullable Instant to) {
  private static final String WAITING =
      """
      e.status = 'AWAITING_APPROVAL'
      AND EXISTS (SELECT 1 FROM control.approval_request r
                   WHERE r.subject_type = 'execution' AND r.subject_id = e.id::text
                     AND r.status = 'WAITING' AND :waitingFor = ANY (r.open_roles))
      """;

  /** Every execution. */
  public static final ExecutionFilter ALL =
      new ExecutionFilter(null, null, null, null, null, null, null, null);

  /** The executions about one entity. */
  public static ExecutionFilter ofEntity(String type, String id) {
    return new ExecutionFilter(null, null, type, id, null, null, null, null);
  }

  /** Their list, newest first. */
  ListQuery query() {
    return new ListQuery(ExecutionDao.SELECT, "e.created_at", "e.id")
        .where("e.status = :status", "status", status)
        .where("e.workflow_id = :workflowId", "workflowId", workflowId)
        .where("e.entity_type = :entityType", "entityType", entityType)
        .where("e.entity_id = :entityId", "entityId", entityId)
        .where("e.event_id = :eventId", "eventId", eventId)
        .where(WAITING, "waitingFor", waitingFor)
        .where("e.created_at >= :from", "from", from)
        .where("e.created_at < :to", "to", to);
  }
}
