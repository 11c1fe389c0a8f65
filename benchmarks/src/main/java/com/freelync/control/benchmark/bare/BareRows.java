package com.freelync.control.benchmark.bare;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** The rows that an approval writes. */
final class BareRows {
  private static final String ACTOR = "automation:bare";

  private BareRows() {}

  /** The payout is approved, its transfer is noted, and the audit log says so. */
  static void decide(
      Connection connection, BareInput input, UUID seller, BigDecimal amount, OffsetDateTime now)
      throws SQLException {
    PlainJdbc.update(
        connection,
        """
        UPDATE marketplace.payouts
           SET status = 'APPROVED', decided_at = ?, decided_by = ?, updated_at = ?
         WHERE id = ? AND status = 'REQUESTED'
        """,
        now,
        ACTOR,
        now,
        input.payout());
    history(connection, input.payout(), "REQUESTED", "APPROVED", now);
    PlainJdbc.update(
        connection,
        """
        INSERT INTO control.payout_transfer
               (payout_id, attempt, idempotency_key, amount_santim, recipient, status, request_id,
                created_at)
        VALUES (?, 1, ?, ?, ?, 'CREATED', 'benchmark', ?)
        """,
        input.payout(),
        input.payout() + "/a1",
        amount.movePointRight(2).longValueExact(),
        seller,
        now);
    audit(
        connection,
        now,
        "payout.approve",
        input.payout(),
        "{\"amount\":" + amount + ",\"execution_id\":\"" + input.execution() + "\"}");
  }

  /** The payout is rejected, and the audit log says so. */
  static void reject(Connection connection, BareInput input, OffsetDateTime now)
      throws SQLException {
    PlainJdbc.update(
        connection,
        """
        UPDATE marketplace.payouts
           SET status = 'REJECTED', decided_at = ?, decided_by = ?, decision_reason = 'too much',
               updated_at = ?
         WHERE id = ? AND status = 'REQUESTED'
        """,
        now,
        ACTOR,
        now,
        input.payout());
    history(connection, input.payout(), "REQUESTED", "REJECTED", now);
    audit(
        connection,
        now,
        "payout.reject",
        input.payout(),
        "{\"execution_id\":\"" + input.execution() + "\"}");
  }

  /** One row of a payout's history. */
  static void history(
      Connection connection, UUID payout, String from, String to, OffsetDateTime now)
      throws SQLException {
    PlainJdbc.update(
        connection,
        """
        INSERT INTO control.payout_history (payout_id, from_status, to_status, at, changed_by, request_id)
        VALUES (?, ?, ?, ?, ?, 'benchmark')
        """,
        payout,
        from,
        to,
        now,
        ACTOR);
  }

  /** The step is recorded, and what it changed. */
  static void step(
      Connection connection,
      BareInput input,
      String action,
      String status,
      BigDecimal amount,
      OffsetDateTime now)
      throws SQLException {
    PlainJdbc.update(
        connection,
        """
        INSERT INTO control.execution_step
               (execution_id, path, action, status, attempts, input, output, started_at,
                finished_at)
        VALUES (?, 'actions[0]', ?, 'COMPLETED', 1, CAST(? AS jsonb),
                CAST(? AS jsonb), ?, ?)
        ON CONFLICT (execution_id, path, item, generation) DO NOTHING
        """,
        input.execution(),
        action,
        "{\"payout_id\":\"" + input.payout() + "\"}",
        "{\"payout_id\":\""
            + input.payout()
            + "\",\"status\":\""
            + status
            + "\",\"amount\":"
            + amount
            + ",\"already\":false}",
        now,
        now);
    PlainJdbc.update(
        connection,
        """
        INSERT INTO control.execution_entity (execution_id, entity_type, entity_id)
        VALUES (?, 'payout', ?) ON CONFLICT DO NOTHING
        """,
        input.execution(),
        input.payout().toString());
  }

  /** One row of the audit log. */
  static void audit(
      Connection connection, OffsetDateTime now, String action, UUID payout, String details)
      throws SQLException {
    PlainJdbc.update(
        connection,
        """
        INSERT INTO control.audit_log
               (at, actor, action, subject_type, subject_id, outcome, details, request_id)
        VALUES (?, ?, ?, 'payout', ?, 'ALLOWED', CAST(? AS jsonb), 'benchmark')
        """,
        now,
        ACTOR,
        action,
        payout.toString(),
        details);
  }
}
