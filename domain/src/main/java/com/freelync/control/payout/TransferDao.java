package com.freelync.control.payout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterConstructorMapper(Transfer.class)
interface TransferDao {
  String SELECT =
      """
      SELECT payout_id, attempt, idempotency_key, amount_santim, recipient, status,
             gateway_reference, reason, created_at, settled_at
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

  @SqlQuery(SELECT + " ORDER BY attempt")
  List<Transfer> of(@Bind("payoutId") UUID payoutId);

  @SqlQuery(
      """
      UPDATE control.payout_transfer
         SET status = :status, gateway_reference = :reference, reason = :reason,
             settled_at = CAST(:settledAt AS timestamptz)
       WHERE payout_id = :payoutId AND attempt = :attempt
      RETURNING payout_id, attempt, idempotency_key, amount_santim, recipient, status,
                gateway_reference, reason, created_at, settled_at
      """)
  Transfer update(
      @Bind("payoutId") UUID payoutId,
      @Bind("attempt") int attempt,
      @Bind("status") String status,
      @Bind("reference") @Nullable String reference,
      @Bind("reason") @Nullable String reason,
      @Bind("settledAt") @Nullable Instant settledAt);
}
