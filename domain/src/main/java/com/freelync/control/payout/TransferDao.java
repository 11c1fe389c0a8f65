package com.freelync.control.payout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface TransferDao {
  String SELECT =
      """
      SELECT payout_id, attempt, idempotency_key, amount_santim, recipient, status,
             gateway_reference, reason, created_at, sending_since, settled_at
        FROM control.payout_transfer WHERE payout_id = :payoutId
      """;

  @SqlUpdate(
      """
      INSERT INTO control.payout_transfer
             (payout_id, attempt, idempotency_key, amount_santim, recipient, status, request_id,
              created_at)
      VALUES (:payoutId, :attempt, :key, :amount, :recipient, 'CREATED', :requestId, :at)
      """)
  void insert(
      @Bind("payoutId") UUID payoutId,
      @Bind("attempt") int attempt,
      @Bind("key") String key,
      @Bind("amount") long amountSantim,
      @Bind("recipient") UUID recipient,
      @Bind("requestId") @Nullable String requestId,
      @Bind("at") Instant at);

  @SqlQuery(SELECT + " AND attempt = :attempt FOR UPDATE")
  Optional<Transfer> lock(@Bind("payoutId") UUID payoutId, @Bind("attempt") int attempt);

  @SqlQuery(SELECT + " AND attempt = :attempt")
  Optional<Transfer> find(@Bind("payoutId") UUID payoutId, @Bind("attempt") int attempt);

  @SqlQuery(SELECT + " ORDER BY attempt DESC LIMIT 1")
  Optional<Transfer> last(@Bind("payoutId") UUID payoutId);

  @SqlQuery(SELECT + " ORDER BY attempt")
  List<Transfer> of(@Bind("payoutId") UUID payoutId);

  /** Transfers that are not settled, and for which the outbox owes nothing; oldest first. */
  @SqlQuery(
      """
      SELECT t.payout_id, t.attempt, t.idempotency_key, t.amount_santim, t.recipient, t.status,
             t.gateway_reference, t.reason, t.created_at, t.sending_since, t.settled_at
        FROM control.payout_transfer t
       WHERE t.status IN ('CREATED', 'SENDING') AND t.created_at < :before
         AND (t.created_at, t.payout_id) > (:at, :id)
         AND NOT EXISTS (SELECT 1 FROM control.outbox o
                          WHERE o.topic = 'payout.transfer' AND o.key = t.idempotency_key)
       ORDER BY t.created_at, t.payout_id LIMIT :limit
      """)
  List<Transfer> unsettled(
      @Bind("before") Instant before,
      @Bind("at") Instant at,
      @Bind("id") UUID id,
      @Bind("limit") int limit);

  /** How many transfers are being sent since before then. */
  @SqlQuery(
      """
      SELECT count(*) FROM control.payout_transfer
       WHERE status = 'SENDING' AND sending_since < :before
      """)
  long unanswered(@Bind("before") Instant before);

  @SqlQuery(
      """
      UPDATE control.payout_transfer
         SET status = :status, gateway_reference = :reference, reason = :reason,
             settled_at = CAST(:settledAt AS timestamptz)
       WHERE payout_id = :payoutId AND attempt = :attempt
      RETURNING payout_id, attempt, idempotency_key, amount_santim, recipient, status,
                gateway_reference, reason, created_at, sending_since, settled_at
      """)
  Transfer update(
      @Bind("payoutId") UUID payoutId,
      @Bind("attempt") int attempt,
      @Bind("status") String status,
      @Bind("reference") @Nullable String reference,
      @Bind("reason") @Nullable String reason,
      @Bind("settledAt") @Nullable Instant settledAt);
}
