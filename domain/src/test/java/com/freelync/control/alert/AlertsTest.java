package com.freelync.control.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.freelync.control.database.Cursor;
import com.freelync.control.database.Json;
import com.freelync.control.notification.InboxMessage;
import com.freelync.control.notification.InboxMessage.MailStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final int THREADS = 8;
  private static AlertFixture house;

  /** A subject of its own for each test, as they share a database. */
  private final String subject = "metric:" + UUID.randomUUID();

  @BeforeAll
  static void open() {
    house = new AlertFixture();
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private Alert fired() {
    house.report(AlertFixture.FAILED, subject);
    return house.only(subject);
  }

  @Test
  @DisplayName(
      "OB-2: the first report fires and tells who holds the rule's roles, by inbox and mail")
  void fires() {
    assertThat(house.report("config.high_risk_change", subject)).isEqualTo(Reported.FIRED);
    Alert alert = house.only(subject);
    assertThat(alert.state()).isEqualTo(AlertState.FIRING);
    assertThat(alert.severity()).isEqualTo(AlertSeverity.CRITICAL);
    assertThat(alert.occurrences()).isEqualTo(1);
    assertThat(alert.firstAt()).isEqualTo(alert.lastAt());
    assertThat(Json.readObject(alert.detailJson())).isEqualTo(Map.of("metric", "revenue"));
    assertThat(house.toldOf(alert.id())).containsExactlyInAnyOrder("ceo", "cfo", "founder");
    InboxMessage message = house.told("cfo", alert.id()).getFirst();
    assertThat(message.subject()).isEqualTo("Alert (critical): It failed");
    assertThat(message.text()).contains("config.high_risk_change", "metric: revenue");
    assertThat(message.mail()).isEqualTo(MailStatus.OWED);
  }

  @Test
  @DisplayName("OB-2: what happens again is counted on the same alert, and nobody is told again")
  void counts() {
    Alert first = fired();
    house.clock.forward(Duration.ofMinutes(5));
    assertThat(house.report(AlertFixture.FAILED, subject)).isEqualTo(Reported.COUNTED);
    Alert again = house.only(subject);
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.occurrences()).isEqualTo(2);
    assertThat(again.firstAt()).isEqualTo(first.firstAt());
    assertThat(again.lastAt()).isEqualTo(first.firstAt().plus(Duration.ofMinutes(5)));
    assertThat(house.told("cto", first.id())).hasSize(1);
  }

  @Test
  @DisplayName("OB-2: another subject is another alert, and so is the same one after it was over")
  void separates() {
    fired();
    assertThat(house.report(AlertFixture.FAILED, subject + "/b")).isEqualTo(Reported.FIRED);
    assertThat(house.report("analytics.mismatch", subject)).isEqualTo(Reported.FIRED);
    assertThat(house.clear(AlertFixture.FAILED, subject)).isTrue();
    assertThat(house.clear(AlertFixture.FAILED, subject)).as("a second time").isFalse();
    house.clock.forward(Duration.ofSeconds(1));
    assertThat(house.report(AlertFixture.FAILED, subject)).isEqualTo(Reported.FIRED);
    assertThat(house.about(subject))
        .extracting(Alert::rule, Alert::state)
        .containsExactlyInAnyOrder(
            tuple(AlertFixture.FAILED, AlertState.FIRING),
            tuple(AlertFixture.FAILED, AlertState.RESOLVED),
            tuple("analytics.mismatch", AlertState.FIRING));
    Alert over =
        house.about(subject).stream()
            .filter(alert -> alert.state() == AlertState.RESOLVED)
            .findFirst()
            .orElseThrow();
    assertThat(over.resolvedBy()).isEqualTo("system:alerts");
    assertThat(over.reason()).isEqualTo("It works again.");
  }

  @Test
  @DisplayName("OB-2: a report belongs to its transaction: rolled back, there is no alert")
  void belongsToTheTransaction() {
    assertThatThrownBy(
            () ->
                house
                    .database
                    .as("control_api")
                    .transaction(
                        transaction -> {
                          house.api.alerts.report(
                              transaction, AlertFixture.FAILED, subject, "t", Map.of());
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");
    assertThat(house.about(subject)).isEmpty();
  }

  @Test
  @DisplayName("OB-2: a rule that is unknown, or a subject that is empty, is the caller's mistake")
  void refusesMistakes() {
    assertThatThrownBy(() -> house.report("no.such_rule", subject))
        .isInstanceOf(IllegalArgumentException.class);
    for (String wrong : List.of(" ", "s".repeat(201))) {
      assertThatThrownBy(() -> house.report(AlertFixture.FAILED, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @DisplayName("OB-2 SE-7: a list holds what its filters let through, page by page")
  void lists() {
    String mine = "list:" + UUID.randomUUID();
    for (int i = 0; i < 5; i++) {
      house.clock.forward(Duration.ofSeconds(1));
      house.report(AlertFixture.FAILED, mine + i);
    }
    house.clear(AlertFixture.FAILED, mine + 4);
    AlertFilter filter = new AlertFilter("FIRING", AlertFixture.FAILED, "high");
    List<Alert> page = house.api.alertList.list(filter, Cursor.START, 2);
    assertThat(page).extracting(Alert::subject).containsExactly(mine + 3, mine + 2);
    Alert last = page.getLast();
    assertThat(house.api.alertList.list(filter, new Cursor(last.firstAt(), last.id()), 2))
        .extracting(Alert::subject)
        .containsExactly(mine + 1, mine + 0);
    assertThat(
            house.api.alertList.list(
                new AlertFilter(null, AlertFixture.FAILED, "critical"), Cursor.START, 2))
        .isEmpty();
  }

  @Test
  @DisplayName("OB-1: the unresolved are counted by severity")
  void countsUnresolved() {
    long before = house.api.alertList.unresolved(AlertSeverity.HIGH);
    UUID id = fired().id();
    assertThat(house.api.alertList.unresolved(AlertSeverity.HIGH)).isEqualTo(before + 1);
    house.api.alerts.acknowledge(id, AlertFixture.DEVOPS, null);
    assertThat(house.api.alertList.unresolved(AlertSeverity.HIGH)).isEqualTo(before + 1);
    house.clear(AlertFixture.FAILED, subject);
    assertThat(house.api.alertList.unresolved(AlertSeverity.HIGH)).isEqualTo(before);
    assertThat(house.api.alertList.unresolved(AlertSeverity.LOW)).isZero();
  }

  @RepeatedTest(20)
  @DisplayName("OB-2: 8 threads that report the same raise one alert and tell each person once")
  void reportsAtOnce() throws Exception {
    List<Reported> outcomes = atOnce(() -> house.report("config.high_risk_change", subject));
    assertThat(Collections.frequency(outcomes, Reported.FIRED)).isEqualTo(1);
    assertThat(Collections.frequency(outcomes, Reported.COUNTED)).isEqualTo(THREADS - 1);
    Alert alert = house.only(subject);
    assertThat(alert.occurrences()).isEqualTo(THREADS);
    for (String person : List.of("ceo", "cfo", "founder")) {
      assertThat(house.told(person, alert.id())).hasSize(1);
    }
    assertThat(house.toldOf(alert.id())).hasSize(3);
  }

  @RepeatedTest(5)
  @DisplayName(
      "OB-2: reports and clearings at once leave at most one unresolved alert, all counted")
  void reportsAndClearsAtOnce() throws Exception {
    atOnce(
        () -> {
          Reported reported = house.report(AlertFixture.FAILED, subject);
          house.clear(AlertFixture.FAILED, subject);
          return reported;
        });
    List<Alert> all = house.about(subject);
    assertThat(all).allSatisfy(one -> assertThat(one.state()).isEqualTo(AlertState.RESOLVED));
    assertThat(all.stream().mapToLong(Alert::occurrences).sum()).isEqualTo(THREADS);
    assertThat(all).allSatisfy(one -> assertThat(house.told("cto", one.id())).hasSize(1));
  }

  private static List<Reported> atOnce(Callable<Reported> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    Callable<Reported> together =
        () -> {
          start.await();
          return work.call();
        };
    List<Reported> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Reported> done : threads.invokeAll(Collections.nCopies(THREADS, together))) {
        outcomes.add(done.get());
      }
    }
    return outcomes;
  }
}
