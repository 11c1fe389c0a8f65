package com.freelync.control.payout;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
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

  @SqlQuery(
      """
      SELECT e.kind, e.attempt, e.at, p.account, p.amount_santim
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
