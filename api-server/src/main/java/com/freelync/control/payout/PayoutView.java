package com.freelync.control.payout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.freelync.control.api.links.Links;
import com.freelync.control.temporal.TemporalSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payout as it is answered; amounts in ETB. Lists leave out what happened to it. */
record PayoutView(
    UUID id,
    BigDecimal amount,
    String status,
    UUID sellerId,
    Instant requestedAt,
    @Nullable Instant decidedAt,
    @Nullable String decidedBy,
    @Nullable String decisionReason,
    @Nullable Instant disbursedAt,
    @Nullable String gatewayReference,
    @Nullable Instant failedAt,
    @Nullable String failureReason,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TransferView> transfers,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<LedgerView> ledger,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ExecutionRef> executions,
    Links links) {

  /** One attempt to send it. */
  record TransferView(
      int attempt,
      String status,
      String idempotencyKey,
      @Nullable String gatewayReference,
      @Nullable String reason,
      Instant createdAt,
      @Nullable Instant settledAt) {}

  /** One posting: debit positive, credit negative, ETB. */
  record LedgerView(String kind, int attempt, String account, BigDecimal amount, Instant at) {}

  /** An execution about it. */
  record ExecutionRef(UUID id, String status, String workflowName, Links links) {}

  static PayoutView listed(Payout payout) {
    return of(payout, null, null, null, null);
  }

  static PayoutView of(
      Payouts.Detail detail, List<ExecutionRef> executions, TemporalSettings temporal) {
    Payout payout = detail.payout();
    String run =
        detail.transfers().isEmpty()
            ? null
            : temporal.uiLink(
                TransferInput.temporalId(payout.id(), detail.transfers().getLast().attempt()));
    return of(
        payout,
        detail.transfers().stream().map(PayoutView::transfer).toList(),
        detail.ledger().stream().map(PayoutView::line).toList(),
        executions,
        run);
  }

  private static PayoutView of(
      Payout payout,
      @Nullable List<TransferView> transfers,
      @Nullable List<LedgerView> ledger,
      @Nullable List<ExecutionRef> executions,
      @Nullable String run) {
    return new PayoutView(
        payout.id(),
        payout.amount().setScale(2, RoundingMode.UNNECESSARY),
        payout.status(),
        payout.sellerId(),
        payout.requestedAt(),
        payout.decidedAt(),
        payout.decidedBy(),
        payout.decisionReason(),
        payout.disbursedAt(),
        payout.gatewayReference(),
        payout.failedAt(),
        payout.failureReason(),
        transfers,
        ledger,
        executions,
        new Links("/admin/payouts/" + payout.id(), run));
  }

  private static TransferView transfer(Transfer transfer) {
    return new TransferView(
        transfer.attempt(),
        transfer.status(),
        transfer.idempotencyKey(),
        transfer.gatewayReference(),
        transfer.reason(),
        transfer.createdAt(),
        transfer.settledAt());
  }

  private static LedgerView line(LedgerLine line) {
    return new LedgerView(
        line.kind(), line.attempt(), line.account(), Santim.toEtb(line.amountSantim()), line.at());
  }
}
