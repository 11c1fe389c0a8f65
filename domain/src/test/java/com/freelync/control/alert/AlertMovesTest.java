package com.freelync.control.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AlertMovesTest {
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

  private static void assertIllegal(Runnable move, String... allowed) {
    assertThatThrownBy(move::run)
        .isInstanceOfSatisfying(
            RequestRefused.IllegalMove.class,
            refusal -> assertThat(refusal.allowed()).containsExactly(allowed));
  }

  @Test
  @DisplayName("OB-2: what is acknowledged is counted, and nobody is told")
  void acknowledges() {
    Alert taken = house.api.alerts.acknowledge(fired().id(), AlertFixture.DEVOPS, "I look");
    assertThat(taken.state()).isEqualTo(AlertState.ACKNOWLEDGED);
    assertThat(taken.acknowledgedBy()).isEqualTo("devops");
    assertThat(taken.acknowledgedAt()).isEqualTo(house.clock.instant());
    assertThat(taken.reason()).isEqualTo("I look");
    assertThat(house.report(AlertFixture.FAILED, subject)).isEqualTo(Reported.COUNTED);
    assertThat(house.only(subject).state()).isEqualTo(AlertState.ACKNOWLEDGED);
    assertThat(house.told("cto", taken.id())).hasSize(1);
    assertIllegal(
        () -> house.api.alerts.acknowledge(taken.id(), AlertFixture.DEVOPS, null),
        "SILENCED",
        "RESOLVED");
  }

  @Test
  @DisplayName("OB-2: silence is kept until its time, then the next occurrence fires and tells")
  void silences() {
    UUID id = fired().id();
    Instant until = house.clock.instant().plus(Duration.ofHours(4));
    Alert silent = house.api.alerts.silence(id, AlertFixture.DEVOPS, until, "a migration");
    assertThat(silent.state()).isEqualTo(AlertState.SILENCED);
    assertThat(silent.silencedUntil()).isEqualTo(until);
    house.clock.forward(Duration.ofHours(4).minusMillis(1));
    assertThat(house.report(AlertFixture.FAILED, subject)).isEqualTo(Reported.COUNTED);
    assertThat(house.only(subject).state()).isEqualTo(AlertState.SILENCED);
    house.clock.forward(Duration.ofMillis(1));
    assertThat(house.report(AlertFixture.FAILED, subject)).isEqualTo(Reported.FIRED);
    Alert loud = house.only(subject);
    assertThat(loud.state()).isEqualTo(AlertState.FIRING);
    assertThat(loud.silencedUntil()).isNull();
    assertThat(loud.occurrences()).isEqualTo(3);
    assertThat(house.told("cto", id)).hasSize(2);
  }

  @Test
  @DisplayName("OB-2: what comes and goes does not break a silence; a person who resolves ends it")
  void silenceOutlastsFlapping() {
    UUID id = fired().id();
    Instant until = house.clock.instant().plus(Duration.ofHours(4));
    house.api.alerts.silence(id, AlertFixture.DEVOPS, until, "a migration");
    house.clear(AlertFixture.FAILED, subject);
    house.clock.forward(Duration.ofHours(1));
    assertThat(house.report(AlertFixture.FAILED, subject)).isEqualTo(Reported.COUNTED);
    Alert second = house.about(subject).getFirst();
    assertThat(second.id()).isNotEqualTo(id);
    assertThat(second.state()).isEqualTo(AlertState.SILENCED);
    assertThat(second.silencedUntil()).isEqualTo(until);
    assertThat(second.silencedBy()).isEqualTo("devops");
    assertThat(house.toldOf(second.id())).isEmpty();
    house.api.alerts.resolve(second.id(), AlertFixture.DEVOPS, "mended");
    house.clock.forward(Duration.ofHours(1));
    assertThat(house.report(AlertFixture.FAILED, subject)).isEqualTo(Reported.FIRED);
    house.clear(AlertFixture.FAILED, subject);
    house.clock.forward(Duration.ofHours(3));
    assertThat(house.report(AlertFixture.FAILED, subject)).isEqualTo(Reported.FIRED);
  }

  @Test
  @DisplayName("OB-2 SE-4: a silence ends later than now, and within 30 days")
  void boundsSilence() {
    UUID id = fired().id();
    Instant now = house.clock.instant();
    for (Instant wrong :
        List.of(now, now.minusSeconds(1), now.plus(Alerts.LONGEST_SILENCE).plusMillis(1))) {
      assertThatThrownBy(() -> house.api.alerts.silence(id, AlertFixture.DEVOPS, wrong, "r"))
          .isInstanceOf(RequestRefused.Invalid.class);
    }
    house.api.alerts.silence(id, AlertFixture.DEVOPS, now.plus(Alerts.LONGEST_SILENCE), "r");
    house.api.alerts.silence(id, AlertFixture.DEVOPS, now.plusSeconds(1), "shorter");
    assertThat(house.api.alerts.acknowledge(id, AlertFixture.DEVOPS, null).silencedUntil())
        .isNull();
  }

  @Test
  @DisplayName("OB-2 SE-3: a person resolves for good, and each move is in the audit log")
  void resolves() {
    UUID id = fired().id();
    house.api.alerts.acknowledge(id, AlertFixture.DEVOPS, null);
    house.api.alerts.silence(
        id, AlertFixture.DEVOPS, house.clock.instant().plusSeconds(60), "for a minute");
    Alert over = house.api.alerts.resolve(id, AlertFixture.DEVOPS, "mended");
    assertThat(over.state()).isEqualTo(AlertState.RESOLVED);
    assertThat(over.resolvedBy()).isEqualTo("devops");
    assertThat(over.reason()).isEqualTo("mended");
    assertThat(house.audited(id.toString()))
        .containsExactly("alert.acknowledge", "alert.silence", "alert.resolve");
    assertIllegal(() -> house.api.alerts.acknowledge(id, AlertFixture.DEVOPS, null));
    assertIllegal(() -> house.api.alerts.resolve(id, AlertFixture.DEVOPS, "again"));
    assertThat(house.clear(AlertFixture.FAILED, subject)).isFalse();
    assertThatThrownBy(
            () -> house.api.alerts.resolve(UUID.randomUUID(), AlertFixture.DEVOPS, "none"))
        .isInstanceOf(RequestRefused.NotFound.class);
  }

  @Test
  @DisplayName("OB-2: the database itself keeps what was resolved, whoever writes")
  void keepsWhatIsResolved() {
    UUID id = fired().id();
    house.clear(AlertFixture.FAILED, subject);
    for (String role : List.of("control_api", "control_worker", "control_owner")) {
      assertThatThrownBy(
              () ->
                  house
                      .database
                      .as(role)
                      .transaction(
                          transaction ->
                              transaction
                                  .handle()
                                  .execute(
                                      "UPDATE control.alert SET reason = '' WHERE id = ?", id)))
          .isInstanceOf(JdbiException.class)
          .hasMessageContaining("cannot be changed");
    }
  }
}
