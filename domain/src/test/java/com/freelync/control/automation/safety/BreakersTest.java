package com.freelync.control.automation.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.ActionFixture;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** AU-10: circuit breakers, shared by all workers. */
class BreakersTest {
  private static final String ACTION = "call_webhook";

  private final ActionFixture fixture = new ActionFixture();
  private final Database database = fixture.database.as("control_worker");
  private final Breakers breakers = new Breakers(fixture.worker.alerts, fixture.clock);

  @AfterEach
  void close() {
    fixture.close();
  }

  private void does(Consumer<Transaction> work) {
    database.transaction(
        transaction -> {
          work.accept(transaction);
          return work;
        });
  }

  private void fails(int times) {
    for (int i = 0; i < times; i++) {
      does(tx -> breakers.failed(tx, ACTION, "no answer"));
    }
  }

  private Breaker breaker() {
    return fixture.api.safeguards.breakers().getFirst();
  }

  private int alerts() {
    return fixture
        .database
        .as("control_owner")
        .read(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM control.alert WHERE rule = ?")
                    .bind(0, Breakers.ALERT)
                    .mapTo(Integer.class)
                    .one());
  }

  private int messages() {
    return fixture
        .database
        .as("control_owner")
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT count(*) FROM control.inbox_message WHERE person = 'admin' AND kind LIKE 'alert%'")
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  @DisplayName("AU-10: exactly the fifth failure in a row opens it; a success begins anew")
  void theFifth() {
    fails(4);
    does(tx -> breakers.succeeded(tx, ACTION));
    fails(4);
    assertThat(breaker().state()).isEqualTo(Breaker.State.CLOSED);
    assertThat(alerts()).isZero();
    does(tx -> breakers.requireClosed(tx, ACTION, "call"));
    fails(1);
    assertThat(breaker().state()).isEqualTo(Breaker.State.OPEN);
    assertThat(alerts()).isEqualTo(1);
    assertThatThrownBy(() -> does(tx -> breakers.requireClosed(tx, ACTION, "call")))
        .isInstanceOf(HeldUp.class);
  }

  @Test
  @DisplayName("AU-10: of 64 failures at once one opens it, and admins are told once")
  void atOnce() throws Exception {
    atOnce(
        64,
        () -> {
          fails(1);
          return true;
        });
    assertThat(breaker())
        .satisfies(
            breaker -> {
              assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
              assertThat(breaker.trips()).isEqualTo(1);
              assertThat(breaker.failures()).isEqualTo(64);
            });
    assertThat(alerts()).isEqualTo(1);
    assertThat(messages()).isEqualTo(1);
  }

  @Test
  @DisplayName("AU-10: failures and successes at once count in the order of their commits")
  void mixed() throws Exception {
    for (int round = 0; round < 10; round++) {
      does(tx -> breakers.reset(tx, ACTION, "a test"));
      fails(4);
      long trips = breaker().trips();
      List<Callable<Boolean>> calls = new ArrayList<>();
      calls.add(
          () -> {
            fails(1);
            return true;
          });
      calls.add(
          () -> {
            does(tx -> breakers.succeeded(tx, ACTION));
            return true;
          });
      atOnce(calls);
      // Failure first: it opened once, and the success closed it. Success first: one failure.
      Breaker breaker = breaker();
      assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
      assertThat(breaker.failures() == 0 ? breaker.trips() - trips : breaker.failures())
          .isEqualTo(1);
    }
  }

  @Test
  @DisplayName("AU-10: after the cool-down one call tries; it closes what it proves to work")
  void trial() throws Exception {
    fails(5);
    fixture.clock.forward(Breakers.COOL_DOWN);
    assertThatThrownBy(() -> does(tx -> breakers.requireClosed(tx, ACTION, "call-1")))
        .isInstanceOf(TrialDue.class);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String call = "call-" + i;
      calls.add(() -> database.transaction(tx -> breakers.takeTrial(tx, ACTION, call)));
    }
    assertThat(atOnce(calls)).containsOnlyOnce(true);
    fails(1);
    assertThat(breaker().state()).isEqualTo(Breaker.State.OPEN);
    assertThat(alerts()).isEqualTo(1);
    fixture.clock.forward(Breakers.COOL_DOWN);
    String trying = "call-1";
    boolean isTaken = database.transaction(tx -> breakers.takeTrial(tx, ACTION, trying));
    assertThat(isTaken).isTrue();
    does(tx -> breakers.requireClosed(tx, ACTION, trying));
    assertThatThrownBy(() -> does(tx -> breakers.requireClosed(tx, ACTION, "another")))
        .isInstanceOf(HeldUp.class);
    does(tx -> breakers.succeeded(tx, ACTION));
    assertThat(breaker().state()).isEqualTo(Breaker.State.CLOSED);
    assertThat(breaker().trips()).isEqualTo(1);
  }

  @Test
  @DisplayName("AU-10: a person closes it by hand")
  void byHand() {
    fails(5);
    fixture.api.safeguards.reset(ACTION, "mended", new Actor("operator", "request-1"));
    assertThat(breaker().state()).isEqualTo(Breaker.State.CLOSED);
    does(tx -> breakers.requireClosed(tx, ACTION, "call"));
  }

  private static List<Boolean> atOnce(int times, Callable<Boolean> call) throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      calls.add(call);
    }
    return atOnce(calls);
  }

  private static List<Boolean> atOnce(List<Callable<Boolean>> calls) throws Exception {
    List<Boolean> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        results.add(call.get());
      }
    }
    return results;
  }
}
