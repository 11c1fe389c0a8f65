package com.freelync.control.payout;

import static com.freelync.control.payout.CorrectionKind.RETRY;
import static com.freelync.control.payout.CorrectionKind.REVERSAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.freelync.control.analytics.BusinessTime;
import com.freelync.control.analytics.Metric;
import com.freelync.control.problem.RequestRefused;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries and reversals in their transactions. */
class CorrectionsTest {
  private static PayoutHouse house;

  @BeforeAll
  static void open() {
    house = new PayoutHouse();
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @Test
  @DisplayName("PO-1 PO-2: a retry makes another attempt with a key of its own, and is history")
  void retries() {
    UUID payout = house.failed();
    UUID correction = house.ask(payout, RETRY);
    assertThat(house.get(payout).payout().status()).isEqualTo("FAILED");
    house.worker.corrections.begin(correction);
    house.worker.corrections.accepted(correction, null);
    house.worker.corrections.accepted(correction, null);
    assertThat(house.get(payout).transfers())
        .extracting(Transfer::idempotencyKey, Transfer::status)
        .containsExactly(tuple(payout + "/a1", "REFUSED"), tuple(payout + "/a2", "CREATED"));
    house.worker.transfers.begin(payout, 2);
    house.worker.transfers.paid(payout, 2, "dsb_2" + payout);
    house.assertSound(payout);
    Payouts.Detail paid = house.get(payout);
    assertThat(paid.history())
        .extracting(PayoutMove::toStatus, PayoutMove::attempt, PayoutMove::reason)
        .containsExactly(
            tuple("REQUESTED", null, null),
            tuple("APPROVED", null, null),
            tuple("DISBURSING", 1, null),
            tuple("FAILED", 1, "closed account"),
            tuple("APPROVED", 2, "a test"),
            tuple("DISBURSING", 2, null),
            tuple("DISBURSED", 2, null));
    assertThat(paid.history().get(4).changedBy()).isEqualTo("operator");
    assertThat(paid.history().get(1).changedBy()).startsWith("automation:");
    assertThat(paid.history().get(1).executionId()).isNotNull();
    assertThat(paid.payout().failedAt()).isNull();
    assertThat(house.balance(payout, "seller_payable")).isEqualTo(420_000);
  }

  @Test
  @DisplayName("PO-1: what was paid is taken back by bookings that mirror the first ones, once")
  void reverses() {
    UUID payout = house.paid();
    UUID correction = house.ask(payout, REVERSAL);
    assertThat(house.worker.corrections.begin(correction).takesBack()).isTrue();
    assertThat(house.worker.corrections.begin(correction).isRepeated()).isTrue();
    house.worker.corrections.accepted(correction, "rev_" + payout);
    house.worker.corrections.accepted(correction, "rev_" + payout);
    house.assertSound(payout);
    Payouts.Detail detail = house.get(payout);
    assertThat(detail.payout().status()).isEqualTo("REVERSED");
    assertThat(detail.ledger())
        .extracting(LedgerLine::kind, LedgerLine::account, LedgerLine::amountSantim)
        .containsExactly(
            tuple("RESERVE", "seller_payable", 420_000L),
            tuple("RESERVE", "payouts_in_transit", -420_000L),
            tuple("DISBURSE", "payouts_in_transit", 420_000L),
            tuple("DISBURSE", "gateway_cash", -420_000L),
            tuple("RETURN", "gateway_cash", 420_000L),
            tuple("RETURN", "payouts_in_transit", -420_000L),
            tuple("RELEASE", "payouts_in_transit", 420_000L),
            tuple("RELEASE", "seller_payable", -420_000L));
    assertThat(detail.ledger().get(4).reverses()).isEqualTo(detail.ledger().get(2).entry());
    assertThat(detail.corrections())
        .extracting(Correction::status, Correction::gatewayReference)
        .containsExactly(tuple(CorrectionStatus.DONE, "rev_" + payout));
  }

  @Test
  @DisplayName("AN-1 PO-1: what is taken back leaves the volume of the day on which it was paid")
  void leavesTheVolume() {
    BigDecimal before = paidOut();
    UUID payout = house.paid();
    assertThat(paidOut()).isEqualByComparingTo(before.add(new BigDecimal("4200")));
    UUID correction = house.ask(payout, REVERSAL);
    house.worker.corrections.begin(correction);
    house.worker.corrections.accepted(correction, "rev_" + payout);
    assertThat(paidOut()).isEqualByComparingTo(before);
  }

  private static BigDecimal paidOut() {
    LocalDateTime today = BusinessTime.day(Instant.now()).atStartOfDay();
    BigDecimal volume =
        house.api.analytics.read(
            reading -> reading.value(Metric.PAYOUT_VOLUME, today.minusDays(1), today.plusDays(2)));
    return volume == null ? BigDecimal.ZERO : volume;
  }

  @Test
  @DisplayName("PO-1: what failed is given up: REVERSED, and its books stay as they were")
  void givesUp() {
    UUID payout = house.failed();
    int lines = house.get(payout).ledger().size();
    UUID correction = house.ask(payout, REVERSAL);
    assertThat(house.worker.corrections.begin(correction).takesBack()).isFalse();
    house.worker.corrections.accepted(correction, null);
    house.assertSound(payout);
    assertThat(house.states(payout)).endsWith("FAILED", "REVERSED");
    assertThat(house.get(payout).ledger()).hasSize(lines);
    assertThatThrownBy(() -> house.ask(payout, RETRY))
        .isInstanceOfSatisfying(
            RequestRefused.IllegalMove.class, refusal -> assertThat(refusal.allowed()).isEmpty());
  }

  @Test
  @DisplayName("PO-1: what the gateway refuses to take back stays paid, and may be asked again")
  void staysPaid() {
    UUID payout = house.paid();
    UUID first = house.ask(payout, REVERSAL);
    house.worker.corrections.begin(first);
    house.worker.corrections.refused(first, "The gateway refused: no money");
    assertThat(house.worker.corrections.accepted(first, "rev_late").status())
        .isEqualTo(CorrectionStatus.REFUSED);
    house.assertSound(payout);
    assertThat(house.states(payout)).endsWith("DISBURSED");
    UUID second = house.ask(payout, REVERSAL);
    assertThat(house.worker.corrections.begin(second).correction().idempotencyKey())
        .isNotEqualTo(house.worker.corrections.begin(first).correction().idempotencyKey());
  }

  @ParameterizedTest(name = "PO-1: a payout that is {0} cannot be corrected so")
  @ValueSource(strings = {"REQUESTED", "REJECTED", "APPROVED", "DISBURSING", "DISBURSED"})
  void refusesIllegalMoves(String status) {
    UUID payout = status.equals("DISBURSED") ? house.paid() : house.requested();
    switch (status) {
      case "REJECTED" -> house.decide(payout, "reject_payout");
      case "APPROVED" -> house.decide(payout, "approve_payout");
      case "DISBURSING" -> {
        house.decide(payout, "approve_payout");
        house.worker.transfers.begin(payout, 1);
      }
      default -> {}
    }
    assertThatThrownBy(() -> house.ask(payout, RETRY))
        .isInstanceOfSatisfying(
            RequestRefused.IllegalMove.class,
            refusal ->
                assertThat(refusal.allowed()).isEqualTo(PayoutStatus.valueOf(status).moves()));
    assertThat(house.get(payout).corrections()).isEmpty();
  }

  @Test
  @DisplayName("PO-1: what the control center did not send, it cannot correct")
  void refusesWhatItDidNotSend() {
    UUID payout = house.requested();
    house.marketplace.move(payout, "DISBURSED");
    assertThatThrownBy(() -> house.ask(payout, REVERSAL))
        .isInstanceOf(RequestRefused.IllegalMove.class)
        .hasMessageContaining("not sent by the control center");
    assertThat(house.states(payout)).containsExactly("REQUESTED", "APPROVED", "DISBURSED");
  }

  @Test
  @DisplayName("PO-2: a retry believes nothing that was approved for another seller or amount")
  void checksAgain() {
    UUID changed = house.failed();
    house.marketplace.amount(changed, "9000.00");
    assertThat(refusal(changed)).isEqualTo("The amount was changed from 4200.00 to 9000.00 ETB.");
    UUID suspended = house.failed();
    house.marketplace.suspend(house.get(suspended).payout().sellerId());
    assertThat(refusal(suspended)).isEqualTo("The seller is suspended.");
  }

  private static String refusal(UUID payout) {
    UUID correction = house.ask(payout, RETRY);
    house.worker.corrections.begin(correction);
    Correction ended = house.worker.corrections.accepted(correction, null);
    assertThat(ended.status()).isEqualTo(CorrectionStatus.REFUSED);
    assertThat(house.get(payout).transfers()).hasSize(1);
    house.assertSound(payout);
    return String.valueOf(ended.refusal());
  }

  @Test
  @DisplayName("PO-2: of 16 corrections of a payout at once one is taken, and it ends once")
  void takesOneAtATime() throws Exception {
    UUID payout = house.failed();
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> asked =
          IntStream.range(0, 16)
              .<Callable<Boolean>>mapToObj(i -> () -> isTaken(payout, i % 2 == 0))
              .toList();
      int taken = 0;
      for (Future<Boolean> one : threads.invokeAll(asked)) {
        taken += one.get() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(1);
      UUID correction = house.get(payout).corrections().getFirst().id();
      List<Callable<Correction>> ends =
          IntStream.range(0, 8)
              .<Callable<Correction>>mapToObj(
                  i ->
                      () -> {
                        house.worker.corrections.begin(correction);
                        return house.worker.corrections.accepted(correction, null);
                      })
              .toList();
      for (Future<Correction> end : threads.invokeAll(ends)) {
        assertThat(end.get().status()).isEqualTo(CorrectionStatus.DONE);
      }
    }
    house.assertSound(payout);
    assertThat(house.get(payout).transfers()).hasSizeLessThanOrEqualTo(2);
  }

  private static boolean isTaken(UUID payout, boolean isRetry) {
    try {
      house.ask(payout, isRetry ? RETRY : REVERSAL);
      return true;
    } catch (RequestRefused.IllegalMove e) {
      return false;
    }
  }

  @Test
  @DisplayName("SE-7: the same request again is the first one, and is audited once")
  void repeatsARequest() {
    UUID payout = house.failed();
    UUID id = UUID.randomUUID();
    for (int i = 0; i < 2; i++) {
      house.api.correctionRequests.request(id, payout, RETRY, "a test", PayoutHouse.OPERATOR);
    }
    assertThat(house.get(payout).corrections()).hasSize(1);
    long audited =
        house
            .database
            .as("control_owner")
            .read(
                handle ->
                    handle
                        .createQuery(
                            "SELECT count(*) FROM control.audit_log WHERE action = 'payout.retry'"
                                + " AND subject_id = :id AND actor = 'operator' AND reason = 'a test'")
                        .bind("id", payout.toString())
                        .mapTo(Long.class)
                        .one());
    assertThat(audited).isEqualTo(1);
  }
}
