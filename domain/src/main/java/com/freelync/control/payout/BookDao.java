package com.freelync.control.payout;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** The gateway's entries beside ours. */
interface BookDao {
  /** Keeps the entries of a page; {@code rows} is a JSON array of them. Those that are new. */
  @SqlQuery(
      """
      INSERT INTO control.reconciliation_entry
             (run_id, kind, gateway_id, idempotency_key, payout_id, amount_santim, is_done, at)
      SELECT :run, e.kind, e.id, e.idempotency_key, e.payout_id, e.amount_santim, e.is_done, e.at
        FROM jsonb_to_recordset(CAST(:rows AS jsonb))
             AS e (kind text, id text, idempotency_key text, payout_id uuid, amount_santim bigint,
                   is_done boolean, at timestamptz)
      ON CONFLICT DO NOTHING
      RETURNING gateway_id
      """)
  List<String> keep(@Bind("run") UUID run, @Bind("rows") String rows);

  /** Entries of the run by the gateway's names, each beside what we know of its key. */
  @SqlQuery(
      """
      SELECT e.kind, e.gateway_id, e.idempotency_key, e.payout_id, e.amount_santim, e.is_done, e.at,
             o.status AS our_status, o.reference AS our_reference, o.amount_santim AS asked_santim,
             coalesce(control.payout_moved_santim(o.payout_id, o.attempt, e.kind), 0) AS booked_santim,
             o.since,
             e.kind = 'DISBURSEMENT' AND e.is_done AND (
               EXISTS (SELECT FROM control.payout_transfer p
                        WHERE p.payout_id = e.payout_id AND p.status = 'PAID'
                          AND p.gateway_reference <> e.gateway_id)
               OR EXISTS (SELECT FROM control.reconciliation_entry x
                           WHERE x.run_id = e.run_id AND x.payout_id = e.payout_id
                             AND x.kind = 'DISBURSEMENT' AND x.is_done
                             AND (x.at, x.gateway_id) < (e.at, e.gateway_id))) AS was_paid
        FROM control.reconciliation_entry e
        LEFT JOIN LATERAL (
          SELECT t.payout_id, t.attempt, t.status, t.gateway_reference AS reference,
                 t.amount_santim, coalesce(t.sending_since, t.created_at) AS since
            FROM control.payout_transfer t
           WHERE e.kind = 'DISBURSEMENT' AND t.idempotency_key = e.idempotency_key
          UNION ALL
          SELECT c.payout_id, c.attempt, c.status, c.gateway_reference, t.amount_santim,
                 c.requested_at
            FROM control.payout_correction c
            JOIN control.payout_transfer t ON t.payout_id = c.payout_id AND t.attempt = c.attempt
           WHERE e.kind = 'REVERSAL' AND c.kind = 'REVERSAL'
             AND c.idempotency_key = e.idempotency_key) o ON true
       WHERE e.run_id = :run AND e.gateway_id = ANY(:ids)
       ORDER BY e.at, e.gateway_id
      """)
  List<Beside> beside(@Bind("run") UUID run, @Bind("ids") String[] gatewayIds);

  /**
   * Money that moved in the period as we were told, and that no entry of the run names: in the
   * order of their keys, after the one that is given.
   */
  @SqlQuery(
      """
      WITH moved AS (
        SELECT 'DISBURSEMENT' AS kind, gateway_reference AS reference, idempotency_key, payout_id,
               attempt, status, settled_at AS at
          FROM control.payout_transfer
         WHERE status = 'PAID' AND settled_at >= :from AND settled_at < :to
        UNION ALL
        SELECT 'REVERSAL', gateway_reference, idempotency_key, payout_id, attempt, status,
               settled_at
          FROM control.payout_correction
         WHERE gateway_reference IS NOT NULL AND settled_at >= :from AND settled_at < :to),
      unseen AS (
        SELECT * FROM moved m
         WHERE m.idempotency_key > :after
           AND NOT EXISTS (SELECT FROM control.reconciliation_entry e
                            WHERE e.run_id = :run AND e.kind = m.kind AND e.gateway_id = m.reference)
         ORDER BY m.idempotency_key LIMIT :limit)
      SELECT kind, reference, idempotency_key, payout_id, status, at,
             coalesce(control.payout_moved_santim(payout_id, attempt, kind), 0) AS booked_santim
        FROM unseen ORDER BY idempotency_key
      """)
  List<Unseen> unseen(
      @Bind("run") UUID run,
      @Bind("from") Instant from,
      @Bind("to") Instant to,
      @Bind("after") String after,
      @Bind("limit") int limit);

  /** An entry of the gateway's beside ours; what is ours is null where we have nothing. */
  record Beside(
      BookEntryKind kind,
      String gatewayId,
      String idempotencyKey,
      @Nullable UUID payoutId,
      long amountSantim,
      boolean isDone,
      Instant at,
      @Nullable String ourStatus,
      @Nullable String ourReference,
      @Nullable Long askedSantim,
      @Nullable Long bookedSantim,
      @Nullable Instant since,
      boolean wasPaid) {
    BookEntry theirs() {
      return new BookEntry(kind, gatewayId, idempotencyKey, payoutId, amountSantim, isDone, at);
    }

    @Nullable OurEntry ours() {
      return ourStatus == null || askedSantim == null || bookedSantim == null || since == null
          ? null
          : new OurEntry(ourStatus, ourReference, askedSantim, bookedSantim, since);
    }
  }
}
