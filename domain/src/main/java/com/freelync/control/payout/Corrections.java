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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a retry or a reversal, from the request to its end. Every step is one
 * transaction, and taking it again changes nothing.
 */
public final class Corrections {
  /** The topic of the message that starts a correction. */
  public static final String CORRECT = "payout.correct";

  private static final String SYSTEM = "system:payout-correction";

  private final Database database;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Clock clock;

  public Corrections(Database database, Outbox outbox, AuditLog audit, Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What a correction begins with.
   *
   * @param transfer the attempt that it is about
   * @param isRepeated whether it had begun before
   */
  public record Begun(Correction correction, Transfer transfer, boolean isRepeated) {
    /** Whether the gateway has money to take back; otherwise it is only asked what it did. */
    public boolean takesBack() {
      return correction.kind() == CorrectionKind.REVERSAL && transfer.status().equals("PAID");
    }
  }

  /** Marks that the gateway may be asked from now on; one that has begun is returned as it is. */
  public Begun begin(UUID id) {
    return database.transaction(
        transaction -> {
          Correction correction = lock(transaction, id);
          Transfer transfer = transfer(transaction, correction);
          if (correction.status() != CorrectionStatus.REQUESTED) {
            return new Begun(correction, transfer, true);
          }
          return new Begun(
              transaction
                  .attach(CorrectionDao.class)
                  .update(id, CorrectionStatus.ASKING, null, null, null),
              transfer,
              false);
        });
  }

  /**
   * The gateway has said that the attempt was refused, or that it has taken the money back: the
   * payout is sent again, or is REVERSED, unless the payout does not allow it any more.
   *
   * @param reference the gateway's name of what it took back; null where nothing was paid
   */
  public Correction accepted(UUID id, @Nullable String reference) {
    return settle(
        id,
        (transaction, correction, now) -> {
          Payout payout =
              transaction.attach(PayoutDao.class).lock(correction.payoutId()).orElseThrow();
          return switch (correction.kind()) {
            case RETRY -> sendAgain(transaction, correction, payout, now);
            case REVERSAL -> reverse(transaction, correction, payout, reference, now);
          };
        });
  }

  /** The gateway has said what forbids it: nothing is changed. */
  public Correction refused(UUID id, String why) {
    return settle(id, (transaction, correction, now) -> refuse(transaction, correction, why, now));
  }

  /** Those that are at least so old and not settled, and for which the outbox owes nothing. */
  public List<Correction> unsettled(Duration age, int limit) {
    return database.read(
        handle -> handle.attach(CorrectionDao.class).unsettled(clock.instant().minus(age), limit));
  }

  private Correction sendAgain(
      Transaction transaction, Correction correction, Payout payout, Instant now) {
    Transfer transfer = transfer(transaction, correction);
    String refusal = refusal(payout, transfer);
    if (refusal != null) {
      return refuse(transaction, correction, refusal, now);
    }
    int attempt = correction.attempt() + 1;
    must(
        transaction
            .attach(PayoutMoveDao.class)
            .again(
                payout.id(),
                PayoutStatus.FAILED,
                PayoutStatus.APPROVED,
                Mover.attempt(actor(correction), attempt, correction.reason(), now)),
        payout);
    Transfers.owe(transaction, outbox, payout, attempt, correction.requestId(), now);
    return done(transaction, correction, null, Map.of("attempt", attempt), now);
  }

  /** Why the payout is not what people approved any more; null if it is. */
  private static @Nullable String refusal(Payout payout, Transfer transfer) {
    if (!payout.status().equals(PayoutStatus.FAILED.name())) {
      return "The payout is " + payout.status() + ".";
    }
    if (payout.sellerSuspended()) {
      return "The seller is suspended.";
    }
    if (Santim.of(payout.amount()) != transfer.amountSantim()) {
      return "The amount was changed from %s to %s ETB."
          .formatted(Santim.toEtb(transfer.amountSantim()), payout.amount());
    }
    if (!payout.sellerId().equals(transfer.recipient())) {
      return "The payout was turned to another seller: " + payout.sellerId() + ".";
    }
    return null;
  }

  private Correction reverse(
      Transaction transaction,
      Correction correction,
      Payout payout,
      @Nullable String reference,
      Instant now) {
    Transfer transfer = transfer(transaction, correction);
    boolean wasPaid = transfer.status().equals("PAID");
    if (wasPaid == (reference == null)) {
      throw new IllegalStateException("correction " + correction.id() + " lacks its answer");
    }
    must(
        transaction
            .attach(PayoutMoveDao.class)
            .move(
                payout.id(),
                wasPaid ? PayoutStatus.DISBURSED : PayoutStatus.FAILED,
                PayoutStatus.REVERSED,
                Mover.attempt(actor(correction), correction.attempt(), correction.reason(), now)),
        payout);
    // What failed was booked back when the gateway refused.
    if (wasPaid) {
      Ledger.takeBack(transaction, transfer, now);
    }
    Failpoint.CORRECTION_BOOKED.reach();
    return done(
        transaction,
        correction,
        reference,
        reference == null ? Map.of() : Map.of("reference", reference),
        now);
  }

  private Correction done(
      Transaction transaction,
      Correction correction,
      @Nullable String reference,
      Map<String, Object> facts,
      Instant now) {
    String action =
        switch (correction.kind()) {
          case RETRY -> "payout.retried";
          case REVERSAL -> "payout.reversed";
        };
    audit(transaction, action, AuditEntry.Outcome.ALLOWED, correction, correction.reason(), facts);
    return transaction
        .attach(CorrectionDao.class)
        .update(correction.id(), CorrectionStatus.DONE, reference, null, now);
  }

  private Correction refuse(
      Transaction transaction, Correction correction, String why, Instant now) {
    audit(
        transaction,
        "payout." + correction.kind().word(),
        AuditEntry.Outcome.REFUSED,
        correction,
        why,
        Map.of());
    return transaction
        .attach(CorrectionDao.class)
        .update(correction.id(), CorrectionStatus.REFUSED, null, why, now);
  }

  private Correction settle(UUID id, Settlement settlement) {
    return database.transaction(
        transaction -> {
          Correction correction = lock(transaction, id);
          return correction.status().isSettled()
              ? correction
              : settlement.write(transaction, correction, clock.instant());
        });
  }

  private static Correction lock(Transaction transaction, UUID id) {
    return transaction
        .attach(CorrectionDao.class)
        .lock(id)
        .orElseThrow(() -> new IllegalStateException("no correction " + id));
  }

  private static Transfer transfer(Transaction transaction, Correction correction) {
    return transaction
        .attach(TransferDao.class)
        .find(correction.payoutId(), correction.attempt())
        .orElseThrow();
  }

  private static Actor actor(Correction correction) {
    return new Actor(correction.requestedBy(), correction.requestId());
  }

  private static void must(int changed, Payout payout) {
    if (changed != 1) {
      throw new IllegalStateException(
          "payout " + payout.id() + " is " + payout.status() + ", not what its correction needs");
    }
  }

  private void audit(
      Transaction transaction,
      String action,
      AuditEntry.Outcome outcome,
      Correction correction,
      String reason,
      Map<String, Object> facts) {
    Map<String, Object> details = new LinkedHashMap<>(facts);
    details.put("correction_id", correction.id().toString());
    details.put("requested_by", correction.requestedBy());
    audit.record(
        transaction,
        new AuditEntry(
            SYSTEM,
            action,
            "payout",
            correction.payoutId().toString(),
            outcome,
            reason,
            details,
            correction.requestId()));
  }

  /** What an answer writes; the correction as it is then. */
  @FunctionalInterface
  private interface Settlement {
    Correction write(Transaction transaction, Correction correction, Instant now);
  }
}
