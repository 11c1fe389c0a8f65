package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.automation.ActionRefused;
import com.freelync.control.problem.RequestRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The laws of a payout, whatever is done to it, in any order and at once. */
@Label("PO-1 PO-2: a payout's states and books")
class PayoutLawsTest {
  private static PayoutHouse house;

  /** What people, automations and the gateway may do; each several at once. */
  enum Deed {
    APPROVE,
    REJECT,
    BEGIN,
    PAY,
    REFUSE,
    ASK_RETRY,
    ASK_REVERSAL,
    ACCEPT,
    DENY
  }

  /** Where it begins, so that the end is reached as often as the beginning. */
  enum Start {
    REQUESTED,
    FAILED,
    PAID
  }

  @BeforeContainer
  static void open() {
    house = new PayoutHouse();
  }

  @AfterContainer
  static void close() {
    house.close();
  }

  @Property(tries = 25)
  @Label("any order of deeds, each done by two at once, leaves books in balance and states legal")
  void staysSound(@ForAll Start start, @ForAll @Size(min = 3, max = 14) List<Deed> deeds)
      throws Exception {
    UUID payout =
        switch (start) {
          case REQUESTED -> house.requested();
          case FAILED -> house.failed();
          case PAID -> house.paid();
        };
    List<String> before = house.states(payout);
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < deeds.size(); i += 2) {
        List<Callable<Boolean>> pair = new ArrayList<>();
        for (Deed deed : deeds.subList(i, Math.min(i + 2, deeds.size()))) {
          pair.add(() -> isDone(payout, deed));
          pair.add(() -> isDone(payout, deed));
        }
        for (Future<Boolean> done : threads.invokeAll(pair)) {
          assertExpected(done);
        }
        house.assertSound(payout);
        List<String> states = house.states(payout);
        assertThat(states).startsWith(before.toArray(String[]::new));
        before = states;
      }
    }
    long paid =
        house.get(payout).transfers().stream().filter(t -> t.status().equals("PAID")).count();
    assertThat(paid).isLessThanOrEqualTo(1);
  }

  private static boolean isDone(UUID payout, Deed deed) {
    Payouts.Detail detail = house.get(payout);
    int attempt = detail.transfers().size();
    Optional<Correction> open =
        detail.corrections().stream().filter(one -> !one.status().isSettled()).findFirst();
    switch (deed) {
      case APPROVE -> house.decide(payout, "approve_payout");
      case REJECT -> house.decide(payout, "reject_payout");
      case BEGIN -> house.worker.transfers.begin(payout, attempt);
      case PAY -> house.worker.transfers.paid(payout, attempt, "dsb_" + payout);
      case REFUSE -> house.worker.transfers.refused(payout, attempt, "refused");
      case ASK_RETRY -> house.ask(payout, CorrectionKind.RETRY);
      case ASK_REVERSAL -> house.ask(payout, CorrectionKind.REVERSAL);
      case ACCEPT ->
          open.ifPresent(
              one -> {
                boolean takesBack = house.worker.corrections.begin(one.id()).takesBack();
                house.worker.corrections.accepted(one.id(), takesBack ? "rev_" + payout : null);
              });
      case DENY ->
          open.ifPresent(
              one -> {
                house.worker.corrections.begin(one.id());
                house.worker.corrections.refused(one.id(), "refused");
              });
    }
    return true;
  }

  /** What is out of turn is refused, and a step of a transfer that has not begun fails. */
  private static void assertExpected(Future<Boolean> done) throws InterruptedException {
    try {
      assertThat(done.get()).isTrue();
    } catch (ExecutionException e) {
      assertThat(e.getCause())
          .isInstanceOfAny(
              ActionRefused.class, RequestRefused.IllegalMove.class, IllegalStateException.class);
    }
  }
}
