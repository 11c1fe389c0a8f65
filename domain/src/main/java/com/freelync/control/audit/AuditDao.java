package com.freelync.control.audit;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface AuditDao {
  @SqlUpdate(
      """
      INSERT INTO control.audit_log
             (at, actor, action, subject_type, subject_id, outcome, reason, details, request_id)
      VALUES (:at, :actor, :action, :subjectType, :subjectId, :outcome, :reason,
              CAST(:details AS jsonb), :requestId)
      """)
  void insert(
      @Bind("at") Instant at,
      @Bind("actor") String actor,
      @Bind("action") String action,
      @Bind("subjectType") String subjectType,
      @Bind("subjectId") String subjectId,
      @Bind("outcome") String outcome,
      @Bind("reason") @Nullable String reason,
      @Bind("details") String details,
      @Bind("requestId") @Nullable String requestId);

  @SqlQuery("SELECT action FROM control.audit_log WHERE subject_id = :subjectId ORDER BY id")
  List<String> actionsOn(@Bind("subjectId") String subjectId);
}
