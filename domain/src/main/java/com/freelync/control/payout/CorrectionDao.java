package com.freelync.control.payout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface CorrectionDao {
  String COLUMNS =
      """
      id, payout_id, attempt, kind, status, idempotency_key, reason, requested_by, requested_at,
      request_id, gateway_reference, refusal, settled_at
      """;

  /** Asks for one about the last attempt; nothing where one is open, or has this id. */
  @SqlUpdate(
      """
      INSERT INTO control.payout_correction
             (id, payout_id, attempt, kind, status, idempotency_key, reason, requested_by,
              requested_at, request_id)
      VALUES (:id, :payoutId, :attempt, :kind, 'REQUESTED', :key, :reason, :by, :at, :requestId)
      ON CONFLICT DO NOTHING
      """)
  int insert(
      @Bind("id") UUID id,
      @Bind("payoutId") UUID payoutId,
      @Bind("attempt") int attempt,
      @Bind("kind") CorrectionKind kind,
      @Bind("key") String key,
      @Bind("reason") String reason,
      @Bind("by") String by,
      @Bind("at") Instant at,
      @Bind("requestId") @Nullable String requestId);

  @SqlQuery("SELECT " + COLUMNS + " FROM control.payout_correction WHERE id = :id")
  Optional<Correction> find(@Bind("id") UUID id);

  @SqlQuery("SELECT " + COLUMNS + " FROM control.payout_correction WHERE id = :id FOR UPDATE")
  Optional<Correction> lock(@Bind("id") UUID id);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM control.payout_correction WHERE payout_id = :payoutId ORDER BY requested_at, id")
  List<Correction> of(@Bind("payoutId") UUID payoutId);

  @SqlQuery(
      """
      UPDATE control.payout_correction
         SET status = :status, gateway_reference = :reference, refusal = :refusal,
             settled_at = CAST(:settledAt AS timestamptz)
       WHERE id = :id
      RETURNING
      """
          + COLUMNS)
  Correction update(
      @Bind("id") UUID id,
      @Bind("status") CorrectionStatus status,
      @Bind("reference") @Nullable String reference,
      @Bind("refusal") @Nullable String refusal,
      @Bind("settledAt") @Nullable Instant settledAt);

  /** Those that are not settled, and for which the outbox owes nothing; oldest first. */
  @SqlQuery(
      "SELECT "
          + COLUMNS
          + """
             FROM control.payout_correction c
            WHERE c.status IN ('REQUESTED', 'ASKING') AND c.requested_at < :before
              AND NOT EXISTS (SELECT 1 FROM control.outbox o
                               WHERE o.topic = 'payout.correct' AND o.key = c.id::text)
            ORDER BY c.requested_at, c.id LIMIT :limit
            """)
  List<Correction> unsettled(@Bind("before") Instant before, @Bind("limit") int limit);
}
