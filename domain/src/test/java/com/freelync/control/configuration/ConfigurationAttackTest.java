package com.freelync.control.configuration;

import static com.freelync.control.configuration.ConfigurationFixture.CEO;
import static com.freelync.control.configuration.ConfigurationFixture.CFO;
import static com.freelync.control.configuration.ConfigurationFixture.CTO;
import static com.freelync.control.configuration.ConfigurationFixture.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.approval.Approval;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.Database;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What nobody brings about: with the interface's means, and with a worker's login and plain SQL.
 */
class ConfigurationAttackTest {
  private static final String RATE = "commission.tier1.rate";
  private static final Map<String, Object> GUARD =
      Map.of(
          "metric",
          "payment_failure_rate",
          "max_drop_percent",
          50,
          "window",
          "PT1H",
          "minimum_sample",
          20);

  private final ConfigurationFixture fixture = new ConfigurationFixture();

  @AfterEach
  void close() {
    assertThat(fixture.broken()).isZero();
    fixture.close();
  }

  private void raw(Consumer<Handle> sql) {
    Database worker = fixture.database.as("control_worker");
    worker.transaction(
        transaction -> {
          sql.accept(transaction.handle());
          return "committed";
        });
  }

  private void refused(Consumer<Handle> sql) {
    Object before = fixture.value(RATE);
    assertThatThrownBy(() -> raw(sql)).isInstanceOf(RuntimeException.class);
    assertThat(fixture.value(RATE)).isEqualTo(before);
  }

  private static void insert(
      Handle handle, UUID id, int version, String value, @Nullable Integer restores) {
    handle.execute(
        """
        INSERT INTO control.platform_config (id, key, version, value, status, change_reason, risk_level, impact,
          can_rollback, slots, restores, content_hash, authors, created_by, created_at, updated_at)
        VALUES (?, ?, ?, CAST(? AS jsonb), 'DRAFT', 'x', 'low', '{}', true, '[]', ?, 'x', ARRAY['evil'], 'evil',
          now(), now())
        """,
        id,
        RATE,
        version,
        value,
        restores);
  }

  /** A version becomes the one that holds, with a record that says so. */
  private static void seize(Handle handle, UUID id, Instant at) {
    handle.execute(
        "UPDATE control.platform_config SET status = 'APPROVED' WHERE id = ? AND status = 'DRAFT'",
        id);
    handle.execute(
        "UPDATE control.platform_config SET status = 'SUPERSEDED', ended_at = ? WHERE key = ? AND status = 'ACTIVE'",
        at,
        RATE);
    handle.execute(
        "UPDATE control.platform_config SET status = 'ACTIVE', activated_at = ? WHERE id = ?",
        at,
        id);
    handle.execute(
        """
        INSERT INTO control.config_change_history (key, version_id, version, action, status, actor, at, value,
          risk_level, impact, can_rollback, content_hash)
        SELECT key, id, version, 'ACTIVATED', status, 'cfo', now(), '{}', risk_level, impact, can_rollback,
               content_hash FROM control.platform_config WHERE id = ?
        """,
        id);
  }

  @Test
  @DisplayName("CF-2: a worker's login makes nothing active that people did not approve")
  void unapproved() {
    UUID id = UUID.randomUUID();
    refused(
        handle -> {
          insert(handle, id, 2, "0", null);
          seize(handle, id, fixture.in(Duration.ofHours(1)));
        });
    refused(
        handle ->
            handle.execute(
                "UPDATE control.config_setting SET category = 'FEATURE_FLAG' WHERE key = ?", RATE));
    ConfigurationVersion approved = fixture.approve(fixture.submitted(RATE, 4), CEO);
    refused(
        handle -> {
          handle.execute(
              "UPDATE control.platform_config SET value = '0' WHERE id = ?", approved.id());
          seize(handle, approved.id(), fixture.in(Duration.ofHours(1)));
        });
    refused(
        handle ->
            handle.execute(
                "UPDATE control.platform_config SET slots = '[]' WHERE id = ?", approved.id()));
  }

  @Test
  @DisplayName("CF-3 CF-8: an old rollback brings nothing back, and the past is not rewritten")
  void thePast() {
    ConfigurationVersion second = fixture.active(RATE, 4, CEO);
    fixture.forward(Duration.ofMinutes(1));
    fixture
        .configurations()
        .rollback(second.id(), UUID.randomUUID(), null, "back", fixture.admin());
    fixture.forward(Duration.ofMinutes(1));
    fixture.active(RATE, 3, CEO);
    fixture.forward(Duration.ofMinutes(1));
    Instant undone = fixture.now(second).endedAt();
    UUID id = UUID.randomUUID();
    refused(
        handle -> {
          insert(handle, id, 99, "5.0", 1);
          seize(handle, id, undone);
        });
    refused(
        handle ->
            handle.execute(
                "UPDATE control.platform_config SET ended_at = '2030-01-01' WHERE key = ? AND version = 1",
                RATE));
    refused(handle -> handle.execute("UPDATE control.config_change_history SET actor = 'ceo'"));
    refused(
        handle ->
            handle.execute(
                """
                INSERT INTO control.config_change_history (key, version_id, version, action, status, actor, at, value,
                  risk_level, impact, can_rollback, content_hash)
                SELECT key, id, version, 'APPROVED', 'APPROVED', 'cfo', now(), '{}', risk_level, impact, can_rollback,
                       content_hash FROM control.platform_config WHERE status = 'ACTIVE'
                """));
  }

  @Test
  @DisplayName("CF-2: a stricter rule of approval is not taken back by one person")
  void ruleRollback() {
    SettingRuleChanges rules = fixture.api.configuration.ruleChanges;
    fixture.approve(
        rules
            .changeCategory(
                UUID.randomUUID(),
                ConfigCategory.SYSTEM,
                Map.of("slots", List.of()),
                "r",
                fixture.admin())
            .version(),
        CTO,
        CEO);
    fixture.forward(Duration.ofSeconds(5));
    ConfigurationVersion strict =
        rules
            .changeCategory(
                UUID.randomUUID(),
                ConfigCategory.SYSTEM,
                Map.of("slots", List.of(List.of("CTO"), List.of("CFO"))),
                "r",
                fixture.admin())
            .version();
    assertThat(fixture.approve(strict, CTO, CFO).status()).isEqualTo("ACTIVE");
    fixture.forward(Duration.ofSeconds(5));
    Actor alone = fixture.admin();
    ConfigurationVersion back =
        fixture
            .configurations()
            .rollback(strict.id(), UUID.randomUUID(), null, "alone", alone)
            .version();
    assertThat(back.status()).isEqualTo("PENDING");
    assertThat(back.openSlots()).hasSize(2);
    ConfigurationVersion change =
        fixture
            .configurations()
            .create(UUID.randomUUID(), change("payout.minimum_amount", 10_000), true, alone)
            .version();
    assertThat(change.status()).isEqualTo("PENDING");
  }

  @Test
  @DisplayName("CF-2: rules of flags, which ask nobody, ask somebody; a family's category is fixed")
  void flagRules() {
    SettingRuleChanges rules = fixture.api.configuration.ruleChanges;
    Map<String, Object> rule = Map.of("slots", List.of(), "extra_slot_from", "critical");
    ConfigurationVersion category =
        rules
            .changeCategory(
                UUID.randomUUID(), ConfigCategory.FEATURE_FLAG, rule, "r", fixture.admin())
            .version();
    assertThat(fixture.approve(category, CFO).status()).isEqualTo("ACTIVE");
    ConfigurationVersion key =
        rules
            .changeKey(
                UUID.randomUUID(),
                "checkout.type",
                "FEATURE_FLAG",
                Map.of("type", "boolean"),
                "r",
                fixture.admin())
            .version();
    assertThat(fixture.approve(key, CTO).status()).isEqualTo("ACTIVE");
    assertThat(fixture.draft("checkout.type", true).category()).isEqualTo("FEATURE_FLAG");
    assertThatThrownBy(() -> fixture.draft("commission.tier4.rate", 0, "category", "FEATURE_FLAG"))
        .isInstanceOf(RequestRefused.Invalid.class);
    assertThatThrownBy(
            () ->
                fixture.api.configuration.freezeWindows.create(
                    UUID.randomUUID(),
                    Instant.parse("+300000-01-01T00:00:00Z"),
                    Instant.parse("+300000-01-02T00:00:00Z"),
                    "r",
                    fixture.admin()))
        .isInstanceOf(RequestRefused.Invalid.class);
  }

  @Test
  @DisplayName("CF-9: a guard's question ends with its version; what cannot go back is said")
  void heldGuards() {
    ConfigurationVersion held = guarded(RATE, 4, "COMMISSION");
    fixture.active(RATE, 3, CEO);
    assertThat(fixture.now(held).guardOutcome()).isEqualTo("ENDED");
    assertThat(fixture.now(held).approvals()).noneMatch(Approval::isWaiting);
    ConfigurationVersion first = guarded("commission.first", 1, "COMMISSION");
    assertThat(fixture.reject(first, CFO).status()).isEqualTo("ACTIVE");
    assertThat(fixture.now(first).guardFinding()).contains("make a new version");
    assertThat(fixture.now(first).approvals()).noneMatch(Approval::isWaiting);
  }

  private ConfigurationVersion guarded(String key, int value, String category) {
    ConfigurationVersion version =
        fixture.approve(fixture.submitted(key, value, "guard", GUARD, "category", category), CEO);
    fixture.configurations().activate(version.id(), fixture.admin());
    fixture.forward(Duration.ofHours(2));
    fixture.worker.configuration.guards.check(version.id(), fixture.clock.instant());
    assertThat(fixture.now(version).guardOutcome()).isEqualTo("HELD");
    return version;
  }

  @Test
  @DisplayName("CF-3: the record says when a word was said, and a reminder is no word")
  void words() {
    ConfigurationVersion version = fixture.submitted("payment.gateway.timeout_seconds", 40);
    fixture.forward(Duration.ofHours(1));
    Instant said = fixture.clock.instant();
    long before = fixture.now(version).revision();
    fixture.approve(version, CTO);
    assertThat(fixture.now(version).revision()).isGreaterThan(before);
    fixture.forward(Duration.ofHours(30));
    UUID asked = fixture.now(version).approvals().getFirst().id();
    fixture.worker.approvals.advance(asked, fixture.clock.instant());
    assertThat(fixture.settings().history(version.id(), true, Integer.MAX_VALUE, 100))
        .filteredOn(entry -> entry.action().equals("APPROVAL"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.at()).isEqualTo(said));
    fixture.approve(version, CFO);
    ConfigurationVersion again = fixture.configurations().submit(version.id(), fixture.admin());
    assertThat(again.status()).isEqualTo("PENDING");
    assertThat(again.approvals())
        .filteredOn(again::counts)
        .singleElement()
        .matches(Approval::isWaiting);
  }

  @Test
  @DisplayName("CF-7: a call that was tried again later respects what was decided meanwhile")
  void lateCalls() {
    Instant due = fixture.in(Duration.ofMinutes(1));
    ConfigurationVersion version =
        fixture.approve(fixture.submitted(RATE, 4, "scheduled_at", due.toString()), CEO);
    fixture.forward(Duration.ofMinutes(2));
    fixture.api.configuration.freezeWindows.create(
        UUID.randomUUID(),
        fixture.clock.instant().minusSeconds(5),
        fixture.in(Duration.ofHours(5)),
        "frozen",
        fixture.admin());
    fixture.forward(Duration.ofMinutes(10));
    fixture.worker.configuration.progress.advance(version.id(), due.plusMillis(100));
    assertThat(fixture.now(version).status()).isEqualTo("APPROVED");
    assertThat(fixture.value(RATE)).hasToString("{rate=5.0}");
  }
}
