package com.freelync.control.payout;

import com.freelync.control.database.ListQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

interface PayoutDao {
  String SELECT =
      """
      SELECT p.id, p.seller_id, p.amount, p.status, p.requested_at, p.decided_at, p.decided_by,
             p.decision_reason, p.disbursed_at, p.gateway_reference, p.failed_at, p.failure_reason,
             u.verified AS seller_verified, u.trust_score AS seller_trust_score,
             u.suspended AS seller_suspended, u.region AS seller_region
        FROM marketplace.payouts p
        JOIN marketplace.users u ON u.id = p.seller_id
      """;

  @SqlQuery(SELECT + " WHERE p.id = :id")
  Optional<Payout> find(@Bind("id") UUID id);

  /** Locks the row alone: the seller is read afterwards, as he is then. */
  @SqlQuery("SELECT id FROM marketplace.payouts WHERE id = :id FOR UPDATE")
  Optional<UUID> lockRow(@Bind("id") UUID id);

  /** The payout as it is once its row is locked. */
  default Optional<Payout> lock(UUID id) {
    return lockRow(id).flatMap(this::find);
  }

  @SqlQuery(SELECT + " WHERE p.id = ANY(:ids)")
  List<Payout> findAll(@Bind("ids") UUID[] ids);

  /** The list of those with a status and of a seller, as far as they are given, newest first. */
  static ListQuery list(@Nullable String status, @Nullable UUID sellerId) {
    return new ListQuery(SELECT, "p.requested_at", "p.id")
        .where("p.status = :status", "status", status)
        .where("p.seller_id = :sellerId", "sellerId", sellerId);
  }
}
