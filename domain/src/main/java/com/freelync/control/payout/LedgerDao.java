package com.freelync.control.payout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface LedgerDao {
  /** Books one entry with both its postings in one statement; an entry that exists stays alone. */
  @SqlQuery(
      """
      WITH entry AS (
        INSERT INTO control.ledger_entry (payout_id, attempt, kind, at)
        VALUES (:payoutId, :attempt, :kind, :at)
        RETURNING id)
      SELECT id FROM entry
      """)
  long entry(
      @Bind("payoutId") UUID payoutId,
      @Bind("attempt") int attempt,
      @Bind("kind") String kind,
      @Bind("at") Instant at);

  @SqlQuery(
      """
      INSERT INTO control.ledger_posting (entry_id, account, amount_santim)
      VALUES (:entry, :debit, :amount), (:entry, :credit, -CAST(:amount AS bigint))
      RETURNING amount_santim
      """)
  List<Long> post(
      @Bind("entry") long entry,
      @Bind("debit") String debit,
      @Bind("credit") String credit,
      @Bind("amount") long amountSantim);

  /** An entry that takes another one back, still without postings. */
  @SqlQuery(
      """
      INSERT INTO control.ledger_entry (payout_id, attempt, kind, at, reverses)
      SELECT payout_id, attempt, :mirror, CAST(:at AS timestamptz), id FROM control.ledger_entry
       WHERE payout_id = :payoutId AND attempt = :attempt AND kind = :kind
      RETURNING id
      """)
  Optional<Long> mirror(
      @Bind("payoutId") UUID payoutId,
      @Bind("attempt") int attempt,
      @Bind("kind") String kind,
      @Bind("mirror") String mirror,
      @Bind("at") Instant at);

  /** Its postings: those of the other one with their signs turned. */
  @SqlUpdate(
      """
      INSERT INTO control.ledger_posting (entry_id, account, amount_santim)
      SELECT m.id, p.account, -p.amount_santim
        FROM control.ledger_entry m JOIN control.ledger_posting p ON p.entry_id = m.reverses
       WHERE m.id = :entry
      """)
  void postMirror(@Bind("entry") long entry);

  @SqlQuery(
      """
      SELECT e.id AS entry, e.kind, e.attempt, e.at, p.account, p.amount_santim, e.reverses
        FROM control.ledger_entry e JOIN control.ledger_posting p ON p.entry_id = e.id
       WHERE e.payout_id = :payoutId
       ORDER BY e.id, p.amount_santim DESC
      """)
  List<LedgerLine> of(@Bind("payoutId") UUID payoutId);

  @SqlQuery("SELECT coalesce(sum(amount_santim), 0) FROM control.ledger_posting")
  long imbalance();

  @SqlQuery(
      """
      SELECT coalesce(sum(amount_santim), 0) FROM control.ledger_posting WHERE account = :account
      """)
  @Nullable Long balance(@Bind("account") String account);
}
