package com.freelync.control.configuration;

import static com.freelync.control.configuration.ConfigurationFixture.CEO;
import static com.freelync.control.configuration.ConfigurationFixture.CFO;
import static com.freelync.control.configuration.ConfigurationFixture.RATE;
import static com.freelync.control.configuration.ConfigurationFixture.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.database.Cursor;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is approved and waits for its time: what can come between. */
class ScheduledSettingTest {
  private final ConfigurationFixture fixture = new ConfigurationFixture();

  @AfterEach
  void close() {
    assertThat(fixture.broken()).isZero();
    fixture.close();
  }

  @Test
  @DisplayName("CF-7: what was approved against another version is suspended, and says so")
  void suspended() {
    ConfigurationVersion scheduled =
        fixture.approve(
            fixture.submitted(
                RATE, rate("4.0"), "scheduled_at", fixture.in(Duration.ofHours(2)).toString()),
            CEO);
    fixture.active(RATE, rate("6.0"), CFO);
    fixture.forward(Duration.ofHours(2));
    ConfigurationProgress.Progress progress = fixture.advance(scheduled);
    assertThat(progress.isOver()).isFalse();
    assertThat(progress.nextAt()).isNull();
    assertThat(fixture.now(scheduled).suspended()).contains("version 1").contains("version 3");
    assertThat(fixture.value(RATE)).isEqualTo(rate("6.0"));
    assertThatThrownBy(() -> fixture.configurations().activate(scheduled.id(), fixture.admin()))
        .isInstanceOf(RequestRefused.IllegalMove.class);
    fixture.configurations().submit(scheduled.id(), fixture.admin());
    assertThat(fixture.approve(scheduled, CEO).status()).isEqualTo("ACTIVE");
    assertThat(fixture.value(RATE)).isEqualTo(rate("4.0"));
  }

  @Test
  @DisplayName("CF-7: a freeze holds what is scheduled and what is done by hand, not rollbacks")
  void frozen() {
    ConfigurationVersion active = fixture.active(RATE, rate("6.0"), CFO);
    ConfigurationVersion scheduled =
        fixture.approve(
            fixture.submitted(
                RATE, rate("4.0"), "scheduled_at", fixture.in(Duration.ofHours(1)).toString()),
            CEO);
    Instant end = fixture.in(Duration.ofHours(3));
    FreezeWindow freeze =
        fixture.api.configuration.freezeWindows.create(
            UUID.randomUUID(), fixture.clock.instant(), end, "New Year", fixture.admin());
    fixture.forward(Duration.ofHours(1));
    assertThat(fixture.advance(scheduled).nextAt()).isEqualTo(end);
    assertThat(fixture.now(scheduled).heldUntil()).isEqualTo(end);
    assertThatThrownBy(() -> fixture.configurations().activate(scheduled.id(), fixture.admin()))
        .hasMessageContaining("New Year");
    fixture.api.configuration.freezeWindows.cancel(freeze.id(), "Over.", fixture.admin());
    fixture.advance(scheduled);
    assertThat(fixture.value(RATE)).isEqualTo(rate("4.0"));
    fixture.api.configuration.freezeWindows.create(
        UUID.randomUUID(),
        fixture.clock.instant(),
        fixture.in(Duration.ofHours(1)),
        "Again",
        fixture.admin());
    fixture
        .configurations()
        .rollback(scheduled.id(), UUID.randomUUID(), null, "Too low.", fixture.admin());
    assertThat(fixture.value(RATE)).isEqualTo(active.value());
  }

  @Test
  @DisplayName("CF-7 CF-8: a freeze lets a rollback through the gate pass, unless it was edited")
  void frozenRollback() {
    fixture.active(RATE, rate("6.0"), CFO);
    fixture.active(RATE, rate("7.0"), CFO);
    fixture.api.configuration.freezeWindows.create(
        UUID.randomUUID(),
        fixture.clock.instant(),
        fixture.in(Duration.ofHours(3)),
        "New Year",
        fixture.admin());
    ConfigurationVersion edited = toTheFirst();
    fixture
        .configurations()
        .edit(
            edited.id(),
            UUID.randomUUID(),
            Map.of("value", rate("1.0")),
            true,
            null,
            fixture.admin());
    assertThat(fixture.approve(edited, CEO).heldUntil()).isNotNull();
    assertThat(fixture.approve(toTheFirst(), CEO).status()).isEqualTo("ACTIVE");
    assertThat(fixture.value(RATE)).isEqualTo(rate("5.0"));
  }

  private ConfigurationVersion toTheFirst() {
    UUID active = fixture.settings().setting(RATE, null).active().orElseThrow().id();
    return fixture
        .configurations()
        .rollback(active, UUID.randomUUID(), 1, "Too high.", fixture.admin())
        .version();
  }

  @Test
  @DisplayName("CF-5: a rule that refuses a scheduled value makes it fail, and people are told")
  void aValueThatIsNoLongerLegal() {
    ConfigurationVersion scheduled =
        fixture.approve(
            fixture.submitted(
                RATE, rate("9.0"), "scheduled_at", fixture.in(Duration.ofHours(1)).toString()),
            CEO);
    Map<String, Object> rule = new HashMap<>();
    rule.put("type", "number");
    rule.put("min", 0);
    rule.put("max", 8);
    ConfigurationVersion changed =
        fixture
            .api
            .configuration
            .ruleChanges
            .changeKey(UUID.randomUUID(), RATE, null, rule, "Lower", fixture.admin())
            .version();
    fixture.approve(changed, CFO);
    fixture.forward(Duration.ofHours(1));
    fixture.advance(scheduled);
    assertThat(fixture.now(scheduled).status()).isEqualTo("FAILED");
    assertThat(fixture.now(scheduled).failure()).contains("against the rule");
    assertThat(fixture.value(RATE)).isEqualTo(rate("5.0"));
    assertThat(fixture.api.inbox.list("ceo", null, Cursor.START, 10))
        .anySatisfy(message -> assertThat(message.subject()).contains("failed"));
  }
}
