package com.freelync.control.payout;

import com.freelync.control.database.ListQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The runs and what they found. */
interface ReconciliationDao {
  String SELECT =
      """
      SELECT id, origin, begins_at, ends_at, status, requested_by, reason, request_id, created_at,
             finished_at, failure, position, pages, book_read, entries, matched, settling,
             differences, gateway_santim, our_santim
        FROM control.reconciliation
      """;

  /** Records a run, unless its id or, of a scheduled one, its day has one. */
  @SqlUpdate(
      """
      INSERT INTO control.reconciliation
             (id, origin, begins_at, ends_at, status, requested_by, reason, request_id, created_at)
      VALUES (:id, :origin, :from, :to, 'RUNNING', :by, :reason, :requestId, :at)
      ON CONFLICT DO NOTHING
      """)
  int insert(
      @Bind("id") UUID id,
      @Bind("origin") String origin,
      @Bind("from") Instant from,
      @Bind("to") Instant to,
      @Bind("by") String by,
      @Bind("reason") @Nullable String reason,
      @Bind("requestId") @Nullable String requestId,
      @Bind("at") Instant at);

  @SqlQuery(SELECT + " WHERE id = :id")
  Optional<Reconciliation> find(@Bind("id") UUID id);

  @SqlQuery(SELECT + " WHERE id = :id FOR UPDATE")
  Optional<Reconciliation> lock(@Bind("id") UUID id);

  /** The list of those with a status, if one is given, newest first. */
  static ListQuery list(@Nullable ReconciliationStatus status) {
    return new ListQuery(SELECT, "created_at", "id").where("status = :status", "status", status);
  }

  @SqlQuery("SELECT max(ends_at) FROM control.reconciliation WHERE origin = 'SCHEDULED'")
  Optional<Instant> scheduledUntil();

  /** Those at work that are at least so old, and for which the outbox owes nothing. */
  @SqlQuery(
      SELECT
          + """
             r WHERE status = 'RUNNING' AND created_at <= :before
              AND NOT EXISTS (SELECT 1 FROM control.outbox o
                               WHERE o.topic = 'payout.reconcile' AND o.key = r.id::text)
            ORDER BY created_at, id LIMIT 100
            """)
  List<Reconciliation> running(@Bind("before") Instant before);

  @SqlUpdate(
      """
      UPDATE control.reconciliation
         SET position = :next, pages = pages + 1, book_read = :isRead, entries = entries + :entries,
             matched = matched + :matched, settling = settling + :settling,
             matched_santim = matched_santim + :santim
       WHERE id = :id
      """)
  void advance(
      @Bind("id") UUID id,
      @Bind("next") @Nullable String next,
      @Bind("isRead") boolean isRead,
      @Bind("entries") int entries,
      @Bind("matched") int matched,
      @Bind("settling") int settling,
      @Bind("santim") long santim);

  @SqlUpdate(
      """
      INSERT INTO control.reconciliation_difference
             (run_id, subject, kind, entry_kind, idempotency_key, gateway_reference, payout_id,
              our_status, gateway_status, our_santim, gateway_santim, at)
      VALUES (:run, :d.subject, :d.kind, :d.entryKind, :d.idempotencyKey, :d.gatewayReference,
              :d.payoutId, :d.ourStatus, :d.gatewayStatus, :d.ourSantim, :d.gatewaySantim, :d.at)
      ON CONFLICT DO NOTHING
      """)
  void differs(@Bind("run") UUID run, @BindMethods("d") Difference difference);

  /** The differences of a run, those of most money first. */
  @SqlQuery(
      """
      SELECT subject, kind, entry_kind, idempotency_key, gateway_reference, payout_id, our_status,
             gateway_status, our_santim, gateway_santim, at
        FROM control.reconciliation_difference WHERE run_id = :run
       ORDER BY abs(gateway_santim - our_santim) DESC, subject LIMIT :limit
      """)
  List<Difference> differences(@Bind("run") UUID run, @Bind("limit") int limit);

  /** What earlier runs found in this run's period, and this one did not find any more. */
  @SqlQuery(
      """
      SELECT DISTINCT d.subject
        FROM control.reconciliation_difference d, control.reconciliation r
       WHERE r.id = :run AND d.run_id <> r.id AND d.at >= r.begins_at AND d.at < r.ends_at
         AND NOT EXISTS (SELECT FROM control.reconciliation_difference n
                          WHERE n.run_id = r.id AND n.subject = d.subject)
       ORDER BY d.subject
      """)
  List<String> settledSince(@Bind("run") UUID run);

  /** Ends a run: its sums are what matched and what differed. */
  @SqlUpdate(
      """
      UPDATE control.reconciliation r
         SET status = 'COMPLETED', finished_at = :at, differences = d.count,
             gateway_santim = r.matched_santim + d.gateway, our_santim = r.matched_santim + d.ours
        FROM (SELECT count(*) AS count, coalesce(sum(gateway_santim), 0) AS gateway,
                     coalesce(sum(our_santim), 0) AS ours
                FROM control.reconciliation_difference WHERE run_id = :id) d
       WHERE r.id = :id
      """)
  void complete(@Bind("id") UUID id, @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE control.reconciliation
         SET status = 'FAILED', finished_at = :at, failure = :failure
       WHERE id = :id AND status = 'RUNNING'
      """)
  int fail(@Bind("id") UUID id, @Bind("at") Instant at, @Bind("failure") String failure);

  @SqlUpdate("DELETE FROM control.reconciliation_entry WHERE run_id = :run")
  void forgetEntries(@Bind("run") UUID run);
}
