package com.freelync.control.payout;

import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.problem.RequestRefused;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads payouts with everything that happened to them. */
public final class Payouts {
  private final Database database;

  public Payouts(Database database) {
    this.database = database;
  }

  /**
   * A payout with everything that happened to it.
   *
   * @param history its states from the request on, the oldest first
   */
  public record Detail(
      Payout payout,
      List<PayoutMove> history,
      List<Transfer> transfers,
      List<Correction> corrections,
      List<LedgerLine> ledger) {}

  /** One payout. */
  public Detail get(UUID id) {
    return database.read(
        handle -> {
          Payout payout =
              handle
                  .attach(PayoutDao.class)
                  .find(id)
                  .orElseThrow(() -> new RequestRefused.NotFound("payout", id));
          return new Detail(
              payout,
              PayoutHistory.of(payout, handle.attach(PayoutMoveDao.class).of(id)),
              handle.attach(TransferDao.class).of(id),
              handle.attach(CorrectionDao.class).of(id),
              handle.attach(LedgerDao.class).of(id));
        });
  }

  /** Payouts, the newest request first, after the cursor. */
  public List<Payout> list(
      @Nullable String status, @Nullable UUID sellerId, Cursor after, int limit) {
    return database.read(
        handle -> PayoutDao.list(status, sellerId).page(handle, after, limit, Payout.class));
  }

  /** The sum of all postings in santim: 0, or the books are broken. */
  public long imbalance() {
    return database.read(handle -> handle.attach(LedgerDao.class).imbalance());
  }

  /** An account's balance in santim, debit positive. */
  public long balance(String account) {
    return database.read(
        handle -> {
          Long balance = handle.attach(LedgerDao.class).balance(account);
          return balance == null ? 0L : balance;
        });
  }
}
