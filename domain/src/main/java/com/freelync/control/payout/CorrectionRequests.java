package com.freelync.control.payout;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Retries and reversals as people ask for them: one at a time for each payout. */
public final class CorrectionRequests {
  private final Database database;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Clock clock;

  public CorrectionRequests(Database database, Outbox outbox, AuditLog audit, Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Owes a correction to Temporal; nothing of the payout changes before the gateway was asked.
   *
   * @param id the correction's id; the same id again is the first request again
   * @throws RequestRefused.IllegalMove if the payout's state does not allow it, or another
   *     correction is under way
   */
  public void request(UUID id, UUID payoutId, CorrectionKind kind, String reason, Actor actor) {
    database.transaction(
        transaction -> {
          if (isNew(transaction, id, payoutId, kind, reason, actor)) {
            outbox.append(
                transaction,
                Corrections.CORRECT,
                id.toString(),
                Map.of("payout_id", payoutId.toString()),
                actor.requestId());
            audit.record(
                transaction,
                AuditEntry.allowed(
                        actor,
                        "payout." + kind.word(),
                        "payout",
                        payoutId.toString(),
                        Map.of("correction_id", id.toString()))
                    .because(reason));
            Failpoint.CORRECTION_STORED.reach();
          }
          return id;
        });
  }

  private boolean isNew(
      Transaction transaction,
      UUID id,
      UUID payoutId,
      CorrectionKind kind,
      String reason,
      Actor actor) {
    Payout before = payout(transaction, payoutId);
    Transfer last = transaction.attach(TransferDao.class).last(payoutId).orElse(null);
    if (last == null) {
      throw refused(before, kind, null);
    }
    CorrectionDao dao = transaction.attach(CorrectionDao.class);
    int inserted =
        dao.insert(
            id,
            payoutId,
            last.attempt(),
            kind,
            payoutId + "/r/" + id,
            reason,
            actor.subject(),
            clock.instant(),
            actor.requestId());
    if (inserted == 0) {
      if (dao.find(id).isPresent()) {
        return false;
      }
      throw new RequestRefused.IllegalMove(
          "Another correction of this payout is under way: wait for its end.", List.of());
    }
    // Read once it is the only one: whatever was under way has ended and is seen.
    Payout payout = payout(transaction, payoutId);
    Transfer attempt = transaction.attach(TransferDao.class).last(payoutId).orElseThrow();
    if (!PayoutStatus.valueOf(payout.status()).moves().contains(kind.word())
        || attempt.attempt() != last.attempt()) {
      throw refused(payout, kind, attempt);
    }
    return true;
  }

  private static Payout payout(Transaction transaction, UUID id) {
    return transaction
        .attach(PayoutDao.class)
        .find(id)
        .orElseThrow(() -> new RequestRefused.NotFound("payout", id));
  }

  private static RequestRefused refused(
      Payout payout, CorrectionKind kind, @Nullable Transfer transfer) {
    List<String> moves = PayoutStatus.valueOf(payout.status()).moves();
    if (transfer == null && !moves.isEmpty()) {
      return new RequestRefused.IllegalMove(
          "The payout was not sent by the control center, which cannot correct it.", List.of());
    }
    return new RequestRefused.IllegalMove(
        "A payout that is "
            + payout.status()
            + " cannot be "
            + (kind == CorrectionKind.RETRY ? "retried." : "reversed."),
        moves);
  }
}
