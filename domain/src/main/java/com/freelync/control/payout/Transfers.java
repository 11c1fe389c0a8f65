package com.freelync.control.payout;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The transfer of an approved payout, from the decision to the gateway's final answer. Every step
 * is one transaction, and taking it again changes nothing.
 */
public final class Transfers {
  /** The topic of the message that starts a transfer. */
  public static final String TRANSFER = "payout.transfer";

  /** A gateway answers in seconds, or at its next repetition. */
  private static final Duration LONG_UNANSWERED = Duration.ofMinutes(5);

  private static final Actor SYSTEM = new Actor("system:payout-transfer", null);

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  public Transfers(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** Owes a transfer to the gateway, in the transaction that approves the payout. */
  static void owe(
      Transaction transaction,
      Outbox outbox,
      Payout payout,
      int attempt,
      @Nullable String requestId,
      Instant at) {
    String key = payout.id() + "/a" + attempt;
    transaction
        .attach(TransferDao.class)
        .insert(
            payout.id(),
            attempt,
            key,
            Santim.of(payout.amount()),
            payout.sellerId(),
            requestId,
            at);
    outbox.append(
        transaction,
        TRANSFER,
        key,
        Map.of("payout_id", payout.id().toString(), "attempt", attempt),
        requestId);
  }

  /**
   * What a transfer begins with.
   *
   * @param isRepeated whether it had begun before
   */
  public record Begun(Transfer transfer, boolean isRepeated) {}

  /** Marks the payout as on its way and books it; one that has begun is returned as it is. */
  public Begun begin(UUID payoutId, int attempt) {
    return database.transaction(
        transaction -> {
          Transfer transfer = lock(transaction, payoutId, attempt);
          if (!transfer.status().equals("CREATED")) {
            return new Begun(transfer, true);
          }
          Instant now = clock.instant();
          must(
              moves(transaction)
                  .move(
                      payoutId,
                      PayoutStatus.APPROVED,
                      PayoutStatus.DISBURSING,
                      Mover.attempt(SYSTEM, attempt, null, now)),
              transfer);
          Ledger.reserve(transaction, transfer, now);
          Failpoint.TRANSFER_BOOKED.reach();
          return new Begun(
              transaction
                  .attach(TransferDao.class)
                  .update(payoutId, attempt, "SENDING", null, null, null),
              false);
        });
  }

  /** The gateway has paid: DISBURSED. */
  public Transfer paid(UUID payoutId, int attempt, String reference) {
    return settle(
        payoutId,
        attempt,
        (transaction, transfer, now) -> {
          must(
              moves(transaction)
                  .paid(
                      payoutId,
                      PayoutStatus.DISBURSING,
                      PayoutStatus.DISBURSED,
                      reference,
                      Mover.attempt(SYSTEM, attempt, null, now)),
              transfer);
          Ledger.disburse(transaction, transfer, now);
          Failpoint.ANSWER_STORED.reach();
          audit(transaction, "payout.disbursed", transfer, Map.of("reference", reference));
          return transaction
              .attach(TransferDao.class)
              .update(payoutId, attempt, "PAID", reference, null, now);
        });
  }

  /** The gateway has definitely refused: FAILED, and the books are as before. */
  public Transfer refused(UUID payoutId, int attempt, String reason) {
    return settle(
        payoutId,
        attempt,
        (transaction, transfer, now) -> {
          must(
              moves(transaction)
                  .failed(
                      payoutId,
                      PayoutStatus.DISBURSING,
                      PayoutStatus.FAILED,
                      Mover.attempt(SYSTEM, attempt, reason, now)),
              transfer);
          Ledger.compensate(transaction, transfer, now);
          Failpoint.ANSWER_STORED.reach();
          audit(transaction, "payout.failed", transfer, Map.of("reason", reason));
          return transaction
              .attach(TransferDao.class)
              .update(payoutId, attempt, "REFUSED", null, reason, now);
        });
  }

  /**
   * Transfers that are at least so old, are not settled, and for which the outbox owes nothing: a
   * durable workflow must be at work on each. Oldest first, after the one that is given.
   */
  public List<Transfer> unsettled(Duration age, @Nullable Transfer after, int limit) {
    return database.read(
        handle ->
            handle
                .attach(TransferDao.class)
                .unsettled(
                    clock.instant().minus(age),
                    after == null ? Instant.EPOCH : after.createdAt(),
                    after == null ? new UUID(0, 0) : after.payoutId(),
                    limit));
  }

  /** How many transfers wait for the gateway's final answer for more than five minutes. */
  public long unanswered() {
    return database.read(
        handle ->
            handle.attach(TransferDao.class).unanswered(clock.instant().minus(LONG_UNANSWERED)));
  }

  private Transfer settle(UUID payoutId, int attempt, Settlement settlement) {
    return database.transaction(
        transaction -> {
          Transfer transfer = lock(transaction, payoutId, attempt);
          return transfer.isSettled()
              ? transfer
              : settlement.write(transaction, transfer, clock.instant());
        });
  }

  private static Transfer lock(Transaction transaction, UUID payoutId, int attempt) {
    return transaction
        .attach(TransferDao.class)
        .lock(payoutId, attempt)
        .orElseThrow(() -> new IllegalStateException("no transfer " + payoutId + "/a" + attempt));
  }

  private static PayoutMoveDao moves(Transaction transaction) {
    return transaction.attach(PayoutMoveDao.class);
  }

  private static void must(int changed, Transfer transfer) {
    if (changed != 1) {
      throw new IllegalStateException(
          "payout " + transfer.payoutId() + " is not in the state that its transfer needs");
    }
  }

  private void audit(
      Transaction transaction, String action, Transfer transfer, Map<String, Object> details) {
    audit.record(
        transaction,
        AuditEntry.allowed(SYSTEM, action, "payout", transfer.payoutId().toString(), details));
  }

  /** What a final answer writes; the transfer as it is then. */
  @FunctionalInterface
  private interface Settlement {
    Transfer write(Transaction transaction, Transfer transfer, Instant now);
  }
}
