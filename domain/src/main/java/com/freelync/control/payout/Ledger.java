package com.freelync.control.payout;

import com.freelync.control.database.Transaction;
import java.time.Instant;

/** Books payouts by double entry. The database refuses what does not balance. */
final class Ledger {
  private static final String SELLER_PAYABLE = "seller_payable";
  private static final String IN_TRANSIT = "payouts_in_transit";
  private static final String GATEWAY_CASH = "gateway_cash";

  private Ledger() {}

  /** The money is on its way: owed to the seller no longer, in transit now. */
  static void reserve(Transaction transaction, Transfer transfer, Instant at) {
    book(transaction, transfer, "RESERVE", SELLER_PAYABLE, IN_TRANSIT, at);
  }

  /** The gateway has paid. */
  static void disburse(Transaction transaction, Transfer transfer, Instant at) {
    book(transaction, transfer, "DISBURSE", IN_TRANSIT, GATEWAY_CASH, at);
  }

  /** The gateway refused: the money is owed to the seller again. */
  static void compensate(Transaction transaction, Transfer transfer, Instant at) {
    book(transaction, transfer, "COMPENSATE", IN_TRANSIT, SELLER_PAYABLE, at);
  }

  /**
   * The gateway has taken the money back: what was paid and what was reserved, each mirrored
   * exactly. The money is owed to the seller again.
   */
  static void takeBack(Transaction transaction, Transfer transfer, Instant at) {
    mirror(transaction, transfer, "DISBURSE", "RETURN", at);
    mirror(transaction, transfer, "RESERVE", "RELEASE", at);
  }

  private static void mirror(
      Transaction transaction, Transfer transfer, String kind, String mirror, Instant at) {
    LedgerDao dao = transaction.attach(LedgerDao.class);
    long entry =
        dao.mirror(transfer.payoutId(), transfer.attempt(), kind, mirror, at)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "transfer " + transfer.idempotencyKey() + " has no entry " + kind));
    dao.postMirror(entry);
  }

  private static void book(
      Transaction transaction,
      Transfer transfer,
      String kind,
      String debit,
      String credit,
      Instant at) {
    LedgerDao dao = transaction.attach(LedgerDao.class);
    long entry = dao.entry(transfer.payoutId(), transfer.attempt(), kind, at);
    dao.post(entry, debit, credit, transfer.amountSantim());
  }
}
