package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.ControlCenter;
import com.freelync.control.alert.MovableClock;
import com.freelync.control.automation.safety.Breaker;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.payout.CorrectionActivities.TakeBack;
import com.freelync.control.payout.Gateway.GatewayUnavailable;
import com.freelync.control.payout.GatewayActivities.Answer;
import com.freelync.control.payout.TransferActivities.Order;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GuardedGatewayTest {
  private static final Answer PAID = new Answer(true, "G-1", null);

  private final TestDatabase database = TestDatabase.create();
  private final MovableClock clock = new MovableClock();
  private final ControlCenter control = new ControlCenter(database.as("control_worker"), clock);
  private final AtomicInteger calls = new AtomicInteger();
  private volatile Callable<Answer> answers = () -> PAID;
  private final Gateway gateway = new GuardedGateway(new Scripted(), control.gatewayBreaker, clock);

  GuardedGatewayTest() {
    TestPeople.install(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** A gateway that does what the test says. */
  private final class Scripted implements Gateway {
    @Override
    public Answer disburse(Order order) {
      calls.incrementAndGet();
      try {
        return answers.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Optional<Answer> find(Order order) {
      return Optional.empty();
    }

    @Override
    public Answer takeBack(TakeBack order) {
      return PAID;
    }

    @Override
    public Optional<Answer> find(TakeBack order) {
      return Optional.empty();
    }
  }

  private Answer disburse(int number) {
    return gateway.disburse(new Order(null, "p" + number, "p" + number + "/a1", 100, "s", false));
  }

  private void fails(int times) {
    answers =
        () -> {
          throw new GatewayUnavailable("it answered 503");
        };
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(() -> disburse(1)).isInstanceOf(GatewayUnavailable.class);
    }
  }

  private Breaker breaker() {
    return control.safeguards.breakers().getFirst();
  }

  @Test
  @DisplayName("AU-10: the fifth failure in a row opens the gateway's breaker; nobody asks it then")
  void opens() {
    fails(4);
    answers = () -> new Answer(false, null, "no such account");
    disburse(2);
    assertThat(breaker().state()).isEqualTo(Breaker.State.CLOSED);
    fails(1);
    assertThat(breaker().state()).isEqualTo(Breaker.State.OPEN);
    int before = calls.get();
    assertThatThrownBy(() -> disburse(3))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.isNonRetryable()).isFalse();
              assertThat(Objects.requireNonNull(failure.getNextRetryDelay()))
                  .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(23));
            });
    assertThat(calls).hasValue(before);
  }

  @Test
  @DisplayName("AU-10: once cooled down one of many asks, and all of them once that went well")
  void oneTries() throws Exception {
    fails(5);
    clock.forward(Duration.ofSeconds(61));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(15);
    answers =
        () -> {
          asked.countDown();
          others.await();
          return PAID;
        };
    calls.set(0);
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int number = i;
        all.add(
            threads.submit(
                () -> {
                  try {
                    disburse(number);
                    return true;
                  } catch (ApplicationFailure held) {
                    others.countDown();
                    return false;
                  }
                }));
      }
      asked.await();
      int paid = 0;
      for (Future<Boolean> one : all) {
        paid += one.get() ? 1 : 0;
      }
      assertThat(paid).isEqualTo(1);
    }
    assertThat(calls).hasValue(1);
    assertThat(breaker().state()).isEqualTo(Breaker.State.CLOSED);
    answers = () -> PAID;
    assertThat(disburse(99)).isEqualTo(PAID);
  }

  @Test
  @DisplayName("AU-10: a trial that fails opens it again; one whose worker stopped is another's")
  void triesInVain() {
    fails(5);
    clock.forward(Duration.ofSeconds(61));
    fails(1);
    assertThat(breaker().state()).isEqualTo(Breaker.State.OPEN);
    assertThat(breaker().trips()).isEqualTo(1);
    assertThatThrownBy(() -> disburse(2)).isInstanceOf(ApplicationFailure.class);
    clock.forward(Duration.ofSeconds(61));
    answers =
        () -> {
          Thread.currentThread().interrupt();
          throw new GatewayUnavailable("the call was interrupted");
        };
    assertThatThrownBy(() -> disburse(3)).isInstanceOf(GatewayUnavailable.class);
    assertThat(Thread.interrupted()).isTrue();
    answers = () -> PAID;
    assertThatThrownBy(() -> disburse(4)).isInstanceOf(ApplicationFailure.class);
    clock.forward(Duration.ofSeconds(121));
    assertThat(disburse(4)).isEqualTo(PAID);
    assertThat(breaker().state()).isEqualTo(Breaker.State.CLOSED);
  }

  @Test
  @DisplayName("AU-10: a gateway that looks up and cannot pay opens its breaker all the same")
  void looksUpAndCannotPay() {
    answers =
        () -> {
          throw new GatewayUnavailable("it answered 503");
        };
    for (int i = 0; i < 5; i++) {
      Order order = new Order(null, "p", "p/a1", 100, "s", true);
      assertThat(gateway.find(order)).isEmpty();
      assertThatThrownBy(() -> gateway.disburse(order)).isInstanceOf(GatewayUnavailable.class);
    }
    assertThat(breaker().state()).isEqualTo(Breaker.State.OPEN);
    clock.forward(Duration.ofSeconds(61));
    gateway.find(new Order(null, "p", "p/a1", 100, "s", true));
    assertThat(breaker().state()).isNotEqualTo(Breaker.State.CLOSED);
    answers = () -> PAID;
    assertThat(disburse(1)).isEqualTo(PAID);
    assertThat(breaker().state()).isEqualTo(Breaker.State.CLOSED);
  }
}
