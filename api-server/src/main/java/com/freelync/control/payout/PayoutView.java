package com.freelync.control.payout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.freelync.control.api.links.Links;
import com.freelync.control.temporal.TemporalSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<MoveView> history,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TransferView> transfers,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<CorrectionView> corrections,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<LedgerView> ledger,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ExecutionRef> executions,
    Links links) {

  /** One change of its state: who or what did it, when and why. */
  record MoveView(
      @Nullable String from,
      String to,
      Instant at,
      @Nullable String by,
      @Nullable UUID executionId,
      @Nullable Integer attempt,
      @Nullable String reason) {}

  /**
   * One attempt to send it.
   *
   * @param sentAt since when the gateway may have been asked
   * @param settledAt when its answer was written down: PAID with its reference, or REFUSED with its
   *     reason
   */
  record TransferView(
      int attempt,
      String status,
      String idempotencyKey,
      @Nullable String gatewayReference,
      @Nullable String reason,
      Instant createdAt,
      @Nullable Instant sentAt,
      @Nullable Instant settledAt) {}

  /** One posting: debit positive, credit negative, ETB. */
  record LedgerView(
      String kind,
      int attempt,
      String account,
      BigDecimal amount,
      Instant at,
      long entry,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long reverses) {}

  /** An execution about it. */
  record ExecutionRef(UUID id, String status, String workflowName, Links links) {}

  static PayoutView listed(Payout payout) {
    return of(payout, null, null, null, null, null, null);
  }

  static PayoutView of(
      Payouts.Detail detail, List<ExecutionRef> executions, TemporalSettings temporal) {
    Payout payout = detail.payout();
    return of(
        payout,
        detail.history().stream().map(PayoutView::move).toList(),
        detail.transfers().stream().map(PayoutView::transfer).toList(),
        detail.corrections().stream()
            .map(correction -> CorrectionView.of(correction, temporal))
            .toList(),
        detail.ledger().stream().map(PayoutView::line).toList(),
        executions,
        run(detail).map(temporal::uiLink).orElse(null));
  }

  /** The workflow that is at work on it, or was last. */
  private static Optional<String> run(Payouts.Detail detail) {
    return detail.corrections().stream()
        .filter(correction -> !correction.status().isSettled())
        .map(open -> CorrectionInput.temporalId(open.payoutId(), open.id()))
        .findFirst()
        .or(
            () ->
                detail.transfers().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        TransferInput.temporalId(
                            detail.payout().id(), detail.transfers().getLast().attempt())));
  }

  private static PayoutView of(
      Payout payout,
      @Nullable List<MoveView> history,
      @Nullable List<TransferView> transfers,
      @Nullable List<CorrectionView> corrections,
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
        history,
        transfers,
        corrections,
        ledger,
        executions,
        new Links("/admin/payouts/" + payout.id(), run));
  }

  private static MoveView move(PayoutMove move) {
    return new MoveView(
        move.fromStatus(),
        move.toStatus(),
        move.at(),
        move.changedBy(),
        move.executionId(),
        move.attempt(),
        move.reason());
  }

  private static TransferView transfer(Transfer transfer) {
    return new TransferView(
        transfer.attempt(),
        transfer.status(),
        transfer.idempotencyKey(),
        transfer.gatewayReference(),
        transfer.reason(),
        transfer.createdAt(),
        transfer.sendingSince(),
        transfer.settledAt());
  }

  private static LedgerView line(LedgerLine line) {
    return new LedgerView(
        line.kind(),
        line.attempt(),
        line.account(),
        Santim.toEtb(line.amountSantim()),
        line.at(),
        line.entry(),
        line.reverses());
  }
}
