package com.freelync.control.configuration;

import static com.freelync.control.configuration.ConfigurationFixture.CEO;
import static com.freelync.control.configuration.ConfigurationFixture.CFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.database.Database;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GuardTest {
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
  private final UUID transaction = transaction();

  @AfterEach
  void close() {
    assertThat(fixture.broken()).isZero();
    fixture.close();
  }

  private UUID transaction() {
    UUID seller = fixture.marketplace.goodSeller();
    UUID listing = fixture.marketplace.listing(seller, "Adama");
    UUID buyer = fixture.marketplace.goodSeller();
    UUID id = UUID.randomUUID();
    update(
        """
        INSERT INTO marketplace.transactions (id, listing_id, buyer_id, seller_id, kind, status, amount,
          platform_fee, commission_fee, processor_fee, created_at)
        VALUES (?, ?, ?, ?, 'RENT', 'PENDING', 100, 5, 5, 1, '2026-01-01T00:00:00Z')
        """,
        id,
        listing,
        buyer,
        seller);
    return id;
  }

  private void update(String sql, Object... values) {
    Database app = fixture.database.as("marketplace_app");
    app.transaction(made -> made.handle().execute(sql, values));
  }

  /** People try to pay, and some of them fail. */
  private void attempts(Instant at, int all, int failed) {
    update(
        """
        INSERT INTO marketplace.payment_attempts (id, transaction_id, attempted_at, status, method, failure_code, amount)
        SELECT gen_random_uuid(), ?, CAST(? AS timestamptz), CASE WHEN n <= ? THEN 'FAILED' ELSE 'SUCCEEDED' END,
               'card', CASE WHEN n <= ? THEN 'declined' END, 10
          FROM generate_series(1, ?) n
        """,
        transaction,
        at.toString(),
        failed,
        failed,
        all);
  }

  private ConfigurationVersion guarded() {
    ConfigurationVersion approved =
        fixture.approve(fixture.submitted(RATE, 4, "guard", GUARD), CEO);
    return fixture.configurations().activate(approved.id(), fixture.admin()).version();
  }

  private String check(ConfigurationVersion version) {
    return fixture.worker.configuration.guards.check(version.id(), fixture.clock.instant());
  }

  @Test
  @DisplayName("CF-9: it rolls back by itself when its metric degrades, within its window")
  void rollsBack() {
    attempts(fixture.clock.instant().minus(Duration.ofMinutes(20)), 100, 10);
    ConfigurationVersion active = guarded();
    assertThat(active.guardOutcome()).isEqualTo("WATCHING");
    attempts(fixture.clock.instant().plus(Duration.ofMinutes(1)), 10, 10);
    fixture.forward(Duration.ofMinutes(2));
    assertThat(check(active)).contains("has 10 cases");
    assertThat(fixture.now(active).status()).isEqualTo("ACTIVE");
    attempts(fixture.clock.instant(), 30, 2);
    fixture.forward(Duration.ofMinutes(1));
    assertThat(check(active)).contains("0.3000 since the activation and was 0.1000 before");
    ConfigurationVersion after = fixture.now(active);
    assertThat(after.status()).isEqualTo("ROLLED_BACK");
    assertThat(after.guardOutcome()).isEqualTo("BREACHED");
    assertThat(after.guardFinding()).contains("200.0 % worse, of at most 50 %");
    ConfigurationVersion forward = fixture.settings().setting(RATE, null).active().orElseThrow();
    assertThat(forward.restores()).isEqualTo(1);
    assertThat(forward.createdBy()).isEqualTo("system:configuration");
    assertThat(forward.changeReason()).contains("payment_failure_rate");
  }

  @Test
  @DisplayName("CF-9: what does not degrade is left alone, and passes at the end of the window")
  void passes() {
    attempts(fixture.clock.instant().minus(Duration.ofMinutes(20)), 100, 10);
    ConfigurationVersion active = guarded();
    attempts(fixture.clock.instant().plus(Duration.ofMinutes(1)), 100, 14);
    fixture.forward(Duration.ofMinutes(30));
    check(active);
    assertThat(fixture.now(active).guardOutcome()).isEqualTo("WATCHING");
    fixture.forward(Duration.ofMinutes(30));
    check(active);
    assertThat(fixture.now(active).guardOutcome()).isEqualTo("PASSED");
    assertThat(fixture.now(active).status()).isEqualTo("ACTIVE");
    assertThat(fixture.advance(active).isOver()).isTrue();
  }

  @Test
  @DisplayName(
      "CF-9: too little data is no pass: it holds and asks people, who keep it or take it back")
  void holds() {
    attempts(fixture.clock.instant().minus(Duration.ofMinutes(20)), 100, 10);
    ConfigurationVersion active = guarded();
    fixture.forward(Duration.ofHours(1));
    assertThat(check(active)).contains("has 0 cases since the activation, and 20 are needed");
    ConfigurationVersion held = fixture.now(active);
    assertThat(held.guardOutcome()).isEqualTo("HELD");
    assertThat(held.status()).isEqualTo("ACTIVE");
    assertThat(held.openSlots()).hasSize(1);
    assertThat(fixture.approve(active, CFO).guardOutcome()).isEqualTo("KEPT");
    ConfigurationVersion next = guarded();
    fixture.forward(Duration.ofHours(1));
    check(next);
    ConfigurationVersion rejected = fixture.reject(next, CFO);
    assertThat(rejected.status()).isEqualTo("ROLLED_BACK");
    assertThat(fixture.value(RATE)).isEqualTo(Map.of("rate", 4));
  }

  @Test
  @DisplayName("CF-9 OP-3: a guard that missed its looks is woken, long before its window ends")
  void isMissed() {
    attempts(fixture.clock.instant().minus(Duration.ofMinutes(20)), 100, 10);
    ConfigurationVersion active = guarded();
    ConfigurationProgress progress = fixture.worker.configuration.progress;
    // What is on its way already is not rung again.
    fixture
        .database
        .as("control_owner")
        .transaction(made -> made.handle().execute("DELETE FROM control.outbox"));
    fixture.forward(Duration.ofMinutes(5));
    assertThat(progress.wake(fixture.clock.instant())).as("it looks every 3 minutes").isZero();
    check(active);
    fixture.forward(Duration.ofMinutes(5));
    assertThat(progress.wake(fixture.clock.instant())).isZero();
    fixture.forward(Duration.ofMinutes(1));
    assertThat(progress.wake(fixture.clock.instant())).isEqualTo(1);
    assertThat(fixture.now(active).status()).isEqualTo("ACTIVE");
  }

  @Test
  @DisplayName("CF-9: another version ends the watch of the one before")
  void ended() {
    ConfigurationVersion active = guarded();
    fixture.active(RATE, 6, CFO);
    assertThat(fixture.now(active).guardOutcome()).isEqualTo("ENDED");
    assertThat(check(active)).isEmpty();
    assertThat(fixture.advance(active).isOver()).isTrue();
  }

  @Test
  @DisplayName("CF-9: a guard that could not take the change back, or says nothing, is refused")
  void badGuards() {
    assertThatThrownBy(() -> fixture.draft(RATE, 4, "guard", GUARD, "can_rollback", false))
        .isInstanceOf(RequestRefused.Invalid.class);
    assertThatThrownBy(
            () -> fixture.draft(RATE, 4, "guard", Map.of("metric", "dispute_rat", "window", "P1Y")))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            refusal ->
                assertThat(refusal.errors())
                    .extracting(error -> error.field())
                    .contains("/guard/metric", "/guard/window", "/guard"));
  }
}
