package com.freelync.control.payout;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The changes of a payout's state. Each is one statement with its history, 1 if it was made. */
interface PayoutMoveDao {
  String HISTORY =
      """
      INSERT INTO control.payout_history
             (payout_id, from_status, to_status, at, changed_by, execution_id, attempt, reason,
              request_id)
      SELECT id, :from, :to, CAST(:m.at AS timestamptz), :m.by,
             CAST(:m.executionId AS uuid), CAST(:m.attempt AS integer), :m.reason, :m.requestId
        FROM moved
      """;

  @SqlUpdate(
      """
      WITH moved AS (
        UPDATE marketplace.payouts
           SET status = :to, decided_at = :m.at, decided_by = :m.by, decision_reason = :m.reason,
               updated_at = :m.at
         WHERE id = :id AND status = 'REQUESTED' AND :from = 'REQUESTED'
        RETURNING id)
      """
          + HISTORY)
  int decide(
      @Bind("id") UUID id,
      @Bind("from") PayoutStatus from,
      @Bind("to") PayoutStatus to,
      @BindMethods("m") Mover mover);

  @SqlUpdate(
      """
      WITH moved AS (
        UPDATE marketplace.payouts SET status = :to, updated_at = :m.at
         WHERE id = :id AND status = :from
        RETURNING id)
      """
          + HISTORY)
  int move(
      @Bind("id") UUID id,
      @Bind("from") PayoutStatus from,
      @Bind("to") PayoutStatus to,
      @BindMethods("m") Mover mover);

  @SqlUpdate(
      """
      WITH moved AS (
        UPDATE marketplace.payouts
           SET status = :to, disbursed_at = :m.at, gateway_reference = :reference,
               updated_at = :m.at
         WHERE id = :id AND status = :from
        RETURNING id)
      """
          + HISTORY)
  int paid(
      @Bind("id") UUID id,
      @Bind("from") PayoutStatus from,
      @Bind("to") PayoutStatus to,
      @Bind("reference") String reference,
      @BindMethods("m") Mover mover);

  @SqlUpdate(
      """
      WITH moved AS (
        UPDATE marketplace.payouts
           SET status = :to, failed_at = :m.at, failure_reason = :m.reason, updated_at = :m.at
         WHERE id = :id AND status = :from
        RETURNING id)
      """
          + HISTORY)
  int failed(
      @Bind("id") UUID id,
      @Bind("from") PayoutStatus from,
      @Bind("to") PayoutStatus to,
      @BindMethods("m") Mover mover);

  /** The failure is in the history from now on; who decided on the payout stays. */
  @SqlUpdate(
      """
      WITH moved AS (
        UPDATE marketplace.payouts
           SET status = :to, failed_at = NULL, failure_reason = NULL, updated_at = :m.at
         WHERE id = :id AND status = :from
        RETURNING id)
      """
          + HISTORY)
  int again(
      @Bind("id") UUID id,
      @Bind("from") PayoutStatus from,
      @Bind("to") PayoutStatus to,
      @BindMethods("m") Mover mover);

  @SqlQuery(
      """
      SELECT from_status, to_status, at, changed_by, execution_id, attempt, reason
        FROM control.payout_history WHERE payout_id = :id ORDER BY id
      """)
  List<PayoutMove> of(@Bind("id") UUID id);
}
