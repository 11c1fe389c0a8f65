package com.freelync.control.payout;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.RunIdentity;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.OutputField;
import com.freelync.control.condition.Values;
import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.outbox.Outbox;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Approves a payout and owes its transfer. It believes nothing that was read earlier: in its own
 * transaction the payout must still be REQUESTED, of the amount that was decided on, and its seller
 * not suspended.
 */
public final class ApprovePayout implements Action.Transactional {
  private static final Set<String> APPROVED = Set.of("APPROVED", "DISBURSING", "DISBURSED");

  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "approve_payout",
          List.of(PayoutRequests.PAYOUT_ID),
          List.of(
              new OutputField("payout_id", FactType.TEXT),
              new OutputField("status", FactType.TEXT),
              new OutputField("amount", FactType.NUMBER),
              new OutputField("already", FactType.BOOLEAN)),
          true);

  private static final Traits TRAITS =
      new Traits(
          "The payout is APPROVED, and its transfer is owed to the gateway.",
          null,
          "A payout that is approved already stays as it is, and the answer says already.",
          new ActionLimits(50, null, new BigDecimal("100000")));

  private final Outbox outbox;
  private final AuditLog audit;
  private final Clock clock;

  public ApprovePayout(Outbox outbox, AuditLog audit, Clock clock) {
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Approves a payout, which is then sent to its seller.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    UUID id = PayoutRequests.payoutId(request);
    Payout payout = PayoutRequests.foreseen(handle, id, foreseen);
    String refusal = refusal(payout, request.run());
    if (refusal != null) {
      return Estimate.refused(refusal);
    }
    if (APPROVED.contains(payout.status())) {
      return Estimate.already(
          output(payout, true),
          "The payout is " + payout.status() + " already: nothing is approved or sent again.");
    }
    foreseen.becomes(PayoutRequests.entity(id), "APPROVED");
    return new Estimate(
        output(payout, false), List.of(PayoutRequests.entity(id)), payout.amount(), 0, null);
  }

  @Override
  public Hindsight hindsight(Request request) {
    return PayoutRequests.hindsight(request, true);
  }

  @Override
  public Result perform(Transaction transaction, Request request) {
    UUID id = PayoutRequests.payoutId(request);
    PayoutDao dao = transaction.attach(PayoutDao.class);
    Payout payout = dao.lock(id).orElseThrow(() -> PayoutRequests.missing(id));
    String refusal = refusal(payout, request.run());
    if (refusal != null) {
      throw new ActionRefused("payout_refused", refusal);
    }
    if (APPROVED.contains(payout.status())) {
      return Result.already(output(payout, true));
    }
    Instant now = clock.instant();
    transaction
        .attach(PayoutMoveDao.class)
        .decide(
            id, PayoutStatus.REQUESTED, PayoutStatus.APPROVED, Mover.run(request.run(), null, now));
    Failpoint.PAYOUT_APPROVED.reach();
    Transfers.owe(transaction, outbox, payout, 1, request.run().requestId(), now);
    Failpoint.TRANSFER_OWED.reach();
    audit.record(
        transaction,
        AuditEntry.allowed(
            new Actor(request.run().actor(), request.run().requestId()),
            "payout.approve",
            "payout",
            id.toString(),
            details(request.run(), payout)));
    return new Result(
        output(payout, false), List.of(PayoutRequests.entity(id)), payout.amount(), true);
  }

  private static Map<String, Object> details(RunIdentity run, Payout payout) {
    Map<String, Object> details = new LinkedHashMap<>(run.trace());
    details.put("amount", payout.amount());
    return details;
  }

  /** Why the rules refuse it now; null if they do not. */
  private static @Nullable String refusal(Payout payout, RunIdentity run) {
    Object decidedOn = run.facts().get("id");
    if (decidedOn != null && !payout.id().toString().equals(decidedOn)) {
      return "The conditions were decided on payout " + decidedOn + ", not on this one.";
    }
    if (APPROVED.contains(payout.status())) {
      return null;
    }
    if (!payout.status().equals("REQUESTED")) {
      return "The payout is " + payout.status() + " and cannot be approved.";
    }
    if (payout.sellerSuspended()) {
      return "The seller is suspended.";
    }
    Object seller = run.facts().get("seller") instanceof Map<?, ?> known ? known.get("id") : null;
    if (seller != null && !payout.sellerId().toString().equals(seller)) {
      return "The payout was turned to another seller: " + payout.sellerId() + ".";
    }
    Object amount = run.facts().get("amount");
    if (amount != null
        && !(Values.normalize(amount) instanceof BigDecimal known
            && known.compareTo(payout.amount()) == 0)) {
      return "The amount was changed from " + amount + " to " + payout.amount() + " ETB.";
    }
    return null;
  }

  private static Map<String, Object> output(Payout payout, boolean already) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("payout_id", payout.id().toString());
    output.put("status", already ? payout.status() : "APPROVED");
    output.put("amount", payout.amount());
    output.put("already", already);
    return output;
  }
}
