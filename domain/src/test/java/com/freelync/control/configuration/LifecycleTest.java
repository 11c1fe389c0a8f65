package com.freelync.control.configuration;

import static com.freelync.control.configuration.ConfigurationFixture.CEO;
import static com.freelync.control.configuration.ConfigurationFixture.CFO;
import static com.freelync.control.configuration.ConfigurationFixture.RATE;
import static com.freelync.control.configuration.ConfigurationFixture.change;
import static com.freelync.control.configuration.ConfigurationFixture.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.approval.NewWord;
import com.freelync.control.audit.Actor;
import com.freelync.control.problem.RequestRefused;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What can be done with settings, and what cannot, as API and worker do it. */
class LifecycleTest {
  private final ConfigurationFixture fixture = new ConfigurationFixture();

  @AfterEach
  void close() {
    assertThat(fixture.broken()).isZero();
    fixture.close();
  }

  @Test
  @DisplayName("CF-1 CF-3 CF-7 CF-8: the specification's own example, word for word")
  void theExampleOfTheSpecification() {
    fixture.clock.set(Instant.parse("2026-02-20T09:00:00Z"));
    Setting before = fixture.settings().setting(RATE, null);
    assertThat(before.active().orElseThrow().value()).isEqualTo(rate("5.0"));
    assertThat(before.active().orElseThrow().version()).isEqualTo(1);
    ConfigurationVersion second =
        fixture.submitted(RATE, rate("3.0"), "scheduled_at", "2026-03-01T00:00:00Z");
    assertThat(second.status()).isEqualTo("PENDING");
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.riskLevel()).isEqualTo("high");
    assertThat(second.openSlots()).hasSize(1);
    ConfigurationVersion approved = fixture.approve(second, CFO);
    assertThat(approved.status()).isEqualTo("APPROVED");
    assertThat(fixture.advance(approved).nextAt()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    fixture.clock.set(Instant.parse("2026-02-28T23:59:59.999Z"));
    fixture.advance(approved);
    assertThat(fixture.value(RATE)).isEqualTo(rate("5.0"));
    fixture.clock.set(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(fixture.advance(approved).isOver()).isTrue();
    ConfigurationVersion active = fixture.settings().setting(RATE, null).active().orElseThrow();
    assertThat(active.value()).isEqualTo(rate("3.0"));
    assertThat(active.activatedAt()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    ConfigChange change =
        fixture.settings().history(second.id(), true, Integer.MAX_VALUE, 10).getFirst();
    assertThat(change.action()).isEqualTo("ACTIVATED");
    assertThat(change.previous()).isEqualTo(rate("5.0"));
    assertThat(change.value()).isEqualTo(rate("3.0"));
    assertThat(change.reason()).isEqualTo("A test");
    assertThat(change.riskLevel()).isEqualTo("high");
    assertThat(change.canRollback()).isTrue();
    ConfigurationVersion third =
        fixture
            .configurations()
            .rollback(second.id(), UUID.randomUUID(), null, "Sellers left.", fixture.admin())
            .version();
    assertThat(third.version()).isEqualTo(3);
    assertThat(third.status()).isEqualTo("ACTIVE");
    assertThat(third.restores()).isEqualTo(1);
    assertThat(fixture.value(RATE)).isEqualTo(rate("5.0"));
    assertThat(fixture.now(second).status()).isEqualTo("ROLLED_BACK");
    assertThat(fixture.settings().setting(RATE, Instant.parse("2026-02-25T00:00:00Z")).active())
        .hasValueSatisfying(held -> assertThat(held.version()).isEqualTo(1));
  }

  @Test
  @DisplayName("CF-1: an illegal move is refused and says what is allowed")
  void illegalMoves() {
    ConfigurationVersion draft = fixture.draft(RATE, rate("4.0"));
    assertThatThrownBy(() -> fixture.configurations().activate(draft.id(), fixture.admin()))
        .isInstanceOfSatisfying(
            RequestRefused.IllegalMove.class,
            refusal -> assertThat(refusal.allowed()).containsExactly("edit", "submit", "cancel"));
    assertThatThrownBy(() -> fixture.approve(draft, CEO))
        .isInstanceOf(RequestRefused.IllegalMove.class);
    assertThat(fixture.configurations().cancel(draft.id(), "Not now.", fixture.admin()).status())
        .isEqualTo("CANCELLED");
    assertThatThrownBy(() -> fixture.configurations().submit(draft.id(), fixture.admin()))
        .isInstanceOf(RequestRefused.IllegalMove.class);
    ConfigurationVersion rejected = fixture.reject(fixture.submitted(RATE, rate("4.0")), CEO);
    assertThat(rejected.status()).isEqualTo("REJECTED");
    assertThatThrownBy(() -> fixture.approve(rejected, CFO))
        .isInstanceOf(RequestRefused.IllegalMove.class);
  }

  @Test
  @DisplayName("CF-8: an older version comes back through the gate, a rollback is not rolled back")
  void rollbacks() {
    fixture.active(RATE, rate("6.0"), CFO);
    ConfigurationVersion third = fixture.active(RATE, rate("7.0"), CFO);
    ConfigurationVersion old =
        fixture
            .configurations()
            .rollback(third.id(), UUID.randomUUID(), 1, "As it was.", fixture.admin())
            .version();
    assertThat(old.status()).isEqualTo("PENDING");
    assertThat(fixture.value(RATE)).isEqualTo(rate("7.0"));
    assertThat(fixture.approve(old, CEO).status()).isEqualTo("ACTIVE");
    assertThat(fixture.value(RATE)).isEqualTo(rate("5.0"));
    ConfigurationVersion undone =
        fixture
            .configurations()
            .rollback(old.id(), UUID.randomUUID(), null, "No.", fixture.admin())
            .version();
    assertThat(fixture.value(RATE)).isEqualTo(rate("7.0"));
    assertThatThrownBy(
            () ->
                fixture
                    .configurations()
                    .rollback(undone.id(), UUID.randomUUID(), null, "No.", fixture.admin()))
        .isInstanceOf(RequestRefused.IllegalMove.class)
        .hasMessageContaining("to_version");
    ConfigurationVersion fixed =
        fixture.approve(fixture.submitted(RATE, rate("8.0"), "can_rollback", false), CEO);
    fixture.configurations().activate(fixed.id(), fixture.admin());
    assertThatThrownBy(
            () ->
                fixture
                    .configurations()
                    .rollback(fixed.id(), UUID.randomUUID(), null, "No.", fixture.admin()))
        .hasMessageContaining("not reversible");
  }

  @Test
  @DisplayName("SE-7: the same call again makes nothing twice and counts once")
  void idempotent() {
    Actor admin = fixture.admin();
    UUID id = UUID.randomUUID();
    for (int i = 0; i < 15; i++) {
      fixture.configurations().create(id, change(RATE, rate("4.0")), true, admin);
    }
    assertThat(
            fixture.count(
                "SELECT count(*) FROM control.platform_config WHERE key = '" + RATE + "'"))
        .isEqualTo(2);
  }

  @Test
  @DisplayName("CF-1: ten changes an hour for each person; what is refused does not count")
  void tenAnHour() {
    Actor admin = fixture.admin();
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(
              () ->
                  fixture
                      .configurations()
                      .create(UUID.randomUUID(), change(RATE, rate("10.1")), false, admin))
          .isInstanceOf(RequestRefused.Invalid.class);
    }
    for (int i = 0; i < 10; i++) {
      int left =
          fixture
              .configurations()
              .create(UUID.randomUUID(), change(RATE, rate("4.0")), false, admin)
              .counted()
              .remaining();
      assertThat(left).isEqualTo(9 - i);
    }
    assertThatThrownBy(
            () ->
                fixture
                    .configurations()
                    .create(UUID.randomUUID(), change(RATE, rate("4.0")), false, admin))
        .isInstanceOf(RequestRefused.TooMany.class);
    ConfigurationVersion others = fixture.submitted(RATE, rate("4.0"));
    assertThat(
            fixture
                .configurations()
                .decide(
                    others.id(),
                    ConfigurationFixture.person(admin.subject(), "CEO"),
                    new NewWord(true, null, null))
                .status())
        .isEqualTo("APPROVED");
  }
}
