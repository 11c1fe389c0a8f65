package com.freelync.control.payout;

import com.freelync.control.event.PastEvents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * Payouts that were asked for: each is one event, whether it was ever sent here or not, with the
 * facts of its seller as the marketplace's history has them for that instant.
 */
final class PastPayouts implements PastEvents {
  private static final Set<String> MACHINES = Set.of("automation", "system");
  private static final UUID FIRST = new UUID(0, 0);

  @Override
  public long count(Handle handle, Instant from, Instant to) {
    return handle.attach(Dao.class).count(from, to);
  }

  @Override
  public List<PastEvent> read(
      Handle handle, Instant from, Instant to, @Nullable Position after, int limit) {
    Position start = after == null ? new Position(from, FIRST) : after;
    return handle.attach(Dao.class).read(start.at(), start.entityId(), to, limit).stream()
        .map(PastPayouts::event)
        .toList();
  }

  private static PastEvent event(Payout payout) {
    return new PastEvent(
        payout.id(),
        payout.requestedAt(),
        Map.of("payout_id", payout.id().toString()),
        PayoutEntity.facts(payout.in("REQUESTED")),
        decided(payout));
  }

  /** What an automation decided is not what people decided. */
  private static @Nullable Decided decided(Payout payout) {
    String by = payout.decidedBy();
    Instant at = payout.decidedAt();
    if (by == null || at == null || MACHINES.contains(by.split(":", 2)[0])) {
      return null;
    }
    return new Decided(!payout.status().equals("REJECTED"), by, at, payout.decisionReason());
  }

  /** Payouts with their sellers as they were when these asked. */
  interface Dao {
    @SqlQuery(
        "SELECT count(*) FROM marketplace.payouts WHERE requested_at >= :from AND requested_at < :to")
    long count(@Bind("from") Instant from, @Bind("to") Instant to);

    @SqlQuery(
        """
        SELECT p.id, p.seller_id, p.amount, p.status, p.requested_at, p.decided_at, p.decided_by,
               p.decision_reason, p.disbursed_at, p.gateway_reference, p.failed_at, p.failure_reason,
               coalesce(h.verified, u.verified) AS seller_verified,
               coalesce(h.trust_score, u.trust_score) AS seller_trust_score,
               coalesce(h.suspended, u.suspended) AS seller_suspended, u.region AS seller_region
          FROM (SELECT * FROM marketplace.payouts
                 WHERE (requested_at, id) > (:at, :id) AND requested_at < :to
                 ORDER BY requested_at, id LIMIT :limit) p
               JOIN marketplace.users u ON u.id = p.seller_id
               LEFT JOIN LATERAL (
                 SELECT verified, trust_score, suspended FROM marketplace.seller_facts_history f
                  WHERE f.user_id = p.seller_id AND f.valid_from <= p.requested_at
                  ORDER BY f.valid_from DESC LIMIT 1) h ON true
         ORDER BY p.requested_at, p.id
        """)
    List<Payout> read(
        @Bind("at") Instant at,
        @Bind("id") UUID id,
        @Bind("to") Instant to,
        @Bind("limit") int limit);
  }
}
