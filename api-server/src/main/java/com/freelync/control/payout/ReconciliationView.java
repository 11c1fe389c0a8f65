package com.freelync.control.payout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.freelync.control.api.links.Links;
import com.freelync.control.temporal.TemporalSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reconciliation as it is answered; amounts in ETB, what was taken back negative. Lists leave out
 * the differences themselves.
 *
 * @param settling entries whose answer may still be on its way to us
 * @param difference what the gateway says that moved beyond what we say
 */
record ReconciliationView(
    UUID id,
    String origin,
    String status,
    Instant from,
    Instant to,
    String requestedBy,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant finishedAt,
    @Nullable String failure,
    int pages,
    long entries,
    long matched,
    long settling,
    @Nullable Long differing,
    @Nullable BigDecimal gatewayAmount,
    @Nullable BigDecimal ourAmount,
    @Nullable BigDecimal difference,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<DifferenceView> differences,
    Links links) {

  /**
   * One difference.
   *
   * @param entry disbursement or reversal
   */
  record DifferenceView(
      String kind,
      String entry,
      String idempotencyKey,
      @Nullable String gatewayReference,
      @Nullable UUID payoutId,
      @Nullable String ourStatus,
      @Nullable String gatewayStatus,
      BigDecimal ourAmount,
      BigDecimal gatewayAmount,
      Instant at) {
    static DifferenceView of(Difference difference) {
      return new DifferenceView(
          difference.kind().name(),
          difference.entryKind().name().toLowerCase(Locale.ROOT),
          difference.idempotencyKey(),
          difference.gatewayReference(),
          difference.payoutId(),
          difference.ourStatus(),
          difference.gatewayStatus(),
          Santim.toEtb(difference.ourSantim()),
          Santim.toEtb(difference.gatewaySantim()),
          difference.at());
    }
  }

  static ReconciliationView of(Reconciliations.Detail detail, TemporalSettings temporal) {
    return of(
        detail.run(), detail.differences().stream().map(DifferenceView::of).toList(), temporal);
  }

  static ReconciliationView listed(Reconciliation run, TemporalSettings temporal) {
    return of(run, null, temporal);
  }

  private static ReconciliationView of(
      Reconciliation run, @Nullable List<DifferenceView> differences, TemporalSettings temporal) {
    Long gateway = run.gatewaySantim();
    Long ours = run.ourSantim();
    return new ReconciliationView(
        run.id(),
        run.origin(),
        run.status().name(),
        run.beginsAt(),
        run.endsAt(),
        run.requestedBy(),
        run.reason(),
        run.createdAt(),
        run.finishedAt(),
        run.failure(),
        run.pages(),
        run.entries(),
        run.matched(),
        run.settling(),
        run.differences(),
        etb(gateway),
        etb(ours),
        gateway == null || ours == null ? null : Santim.toEtb(gateway - ours),
        differences,
        new Links(
            "/admin/payouts/reconciliations/" + run.id(),
            temporal.uiLink(ReconciliationInput.temporalId(run.id()))));
  }

  private static @Nullable BigDecimal etb(@Nullable Long santim) {
    return santim == null ? null : Santim.toEtb(santim);
  }
}
