package com.freelync.control.payout;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rejects a payout that is still REQUESTED, with a reason that its seller may be told. */
public final class RejectPayout implements Action.Transactional {
  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "reject_payout",
          List.of(
              PayoutRequests.PAYOUT_ID,
              new InputField("reason", FactType.TEXT, false, "Why, for people.")),
          List.of(
              new OutputField("payout_id", FactType.TEXT),
              new OutputField("status", FactType.TEXT),
              new OutputField("already", FactType.BOOLEAN)),
          false);

  private static final Traits TRAITS =
      new Traits(
          "The payout is REJECTED, and no money moves.",
          null,
          "A payout that is rejected already stays as it is, and the answer says already.",
          ActionLimits.NONE);

  private final AuditLog audit;
  private final Clock clock;

  public RejectPayout(AuditLog audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Rejects a payout that waits for a decision.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    UUID id = PayoutRequests.payoutId(request);
    Payout payout = PayoutRequests.foreseen(handle, id, foreseen);
    String refusal = refusal(payout);
    if (refusal != null) {
      return Estimate.refused(refusal);
    }
    if (payout.status().equals("REJECTED")) {
      return Estimate.already(
          output(id, true), "The payout is REJECTED already: nothing is changed.");
    }
    foreseen.becomes(PayoutRequests.entity(id), "REJECTED");
    return new Estimate(
        output(id, false), List.of(PayoutRequests.entity(id)), BigDecimal.ZERO, 0, null);
  }

  @Override
  public Hindsight hindsight(Request request) {
    return PayoutRequests.hindsight(request, false);
  }

  @Override
  public Result perform(Transaction transaction, Request request) {
    UUID id = PayoutRequests.payoutId(request);
    PayoutDao dao = transaction.attach(PayoutDao.class);
    Payout payout = dao.lock(id).orElseThrow(() -> PayoutRequests.missing(id));
    String refusal = refusal(payout);
    if (refusal != null) {
      throw new ActionRefused("payout_refused", refusal);
    }
    if (payout.status().equals("REJECTED")) {
      return Result.already(output(id, true));
    }
    transaction
        .attach(PayoutMoveDao.class)
        .decide(
            id,
            PayoutStatus.REQUESTED,
            PayoutStatus.REJECTED,
            Mover.run(request.run(), request.text("reason"), clock.instant()));
    Failpoint.PAYOUT_REJECTED.reach();
    audit.record(
        transaction,
        AuditEntry.allowed(
            new Actor(request.run().actor(), request.run().requestId()),
            "payout.reject",
            "payout",
            id.toString(),
            request.run().trace()));
    return Result.done(output(id, false), List.of(PayoutRequests.entity(id)));
  }

  private static @Nullable String refusal(Payout payout) {
    return switch (payout.status()) {
      case "REQUESTED", "REJECTED" -> null;
      default -> "The payout is " + payout.status() + " and cannot be rejected.";
    };
  }

  private static Map<String, Object> output(UUID id, boolean already) {
    return Map.of("payout_id", id.toString(), "status", "REJECTED", "already", already);
  }
}
