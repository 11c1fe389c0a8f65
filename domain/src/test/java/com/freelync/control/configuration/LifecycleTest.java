package com.freelync.control.configuration;

import static com.freelync.control.configuration.ConfigurationFixture.CEO;
import static com.freelync.control.configuration.ConfigurationFixture.CFO;
import static com.freelync.control.configuration.ConfigurationFixture.CTO;
import static com.freelync.control.configuration.ConfigurationFixture.FOUNDER;
import static com.freelync.control.configuration.ConfigurationFixture.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.approval.NewWord;
import com.freelync.control.audit.Actor;
import com.freelync.control.problem.RequestRefused;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What can be done with settings, and what cannot, as API and worker do it. */
class LifecycleTest {
  private static final String RATE = "commission.tier1.rate";
  private static final String SESSION = "security.session.minutes";

  private final ConfigurationFixture fixture = new ConfigurationFixture();

  @AfterEach
  void close() {
    assertThat(fixture.broken()).isZero();
    fixture.close();
  }

  private static Map<String, Object> rate(String value) {
    return Map.of("rate", new BigDecimal(value));
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
  @DisplayName("CF-2 SE-2: a gateway needs two different people, and neither is its author")
  void twoPeople() {
    ConfigurationVersion change = fixture.submitted("payment.gateway.timeout_seconds", 45);
    assertThat(change.openSlots()).hasSize(2);
    ConfigurationVersion half = fixture.approve(change, CTO);
    assertThat(half.status()).isEqualTo("PENDING");
    assertThatThrownBy(() -> fixture.approve(change, CTO))
        .isInstanceOf(RequestRefused.IllegalMove.class);
    assertThat(fixture.approve(change, CFO).status()).isEqualTo("APPROVED");
    ConfigurationVersion own =
        fixture
            .configurations()
            .create(
                UUID.randomUUID(),
                change("payment.gateway.timeout_seconds", 50),
                true,
                new Actor("founder", "request-1"))
            .version();
    assertThatThrownBy(() -> fixture.approve(own, FOUNDER))
        .isInstanceOf(RequestRefused.Forbidden.class)
        .hasMessageContaining("their own");
    ConfigurationVersion other = fixture.submitted("payment.gateway.timeout_seconds", 55);
    fixture.approve(other, FOUNDER);
    assertThatThrownBy(() -> fixture.approve(other, FOUNDER))
        .isInstanceOf(RequestRefused.IllegalMove.class);
    assertThat(fixture.now(other).status()).isEqualTo("PENDING");
  }

  @Test
  @DisplayName("CF-2: an edit after the first approval withdraws it, and says so")
  void anEditWithdraws() {
    ConfigurationVersion change = fixture.submitted("payment.gateway.timeout_seconds", 45);
    fixture.approve(change, CTO);
    ConfigurationVersion edited =
        fixture
            .configurations()
            .edit(change.id(), UUID.randomUUID(), Map.of("value", 46), false, null, fixture.admin())
            .version();
    assertThat(edited.status()).isEqualTo("PENDING");
    assertThat(edited.openSlots()).hasSize(2);
    assertThat(edited.contentHash()).isNotEqualTo(change.contentHash());
    assertThat(edited.authors()).hasSize(2);
    assertThat(fixture.approve(change, CFO).status()).isEqualTo("PENDING");
    assertThat(fixture.approve(change, CTO).status()).isEqualTo("APPROVED");
    assertThat(fixture.actions(change))
        .containsExactly(
            "CREATED", "SUBMITTED", "APPROVAL", "EDITED", "SUBMITTED", "APPROVAL", "APPROVED");
    ConfigChange edit =
        fixture.settings().history(change.id(), true, Integer.MAX_VALUE, 100).stream()
            .filter(entry -> entry.action().equals("EDITED"))
            .findFirst()
            .orElseThrow();
    assertThat(edit.details()).containsEntry("withdraws_approvals", true);
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
  @DisplayName("CF-2: from high risk on, one more person is asked where one would do")
  void theExtraSlot() {
    ConfigurationVersion change = fixture.submitted(SESSION, 30);
    assertThat(change.riskLevel()).isEqualTo("high");
    assertThat(change.slots()).hasSize(2);
    assertThat(fixture.approve(change, CTO).status()).isEqualTo("PENDING");
    assertThat(fixture.approve(change, CEO).status()).isEqualTo("APPROVED");
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
  @DisplayName("CF-2: a rule of approval is changed by whom its old and its new words both ask")
  void rulesAreSettings() {
    SettingRuleChanges rules = fixture.api.configuration.ruleChanges;
    Map<String, Object> nobody = Map.of("slots", List.of());
    ConfigurationVersion open =
        rules
            .changeCategory(
                UUID.randomUUID(), ConfigCategory.COMMISSION, nobody, "Trust", fixture.admin())
            .version();
    assertThat(open.openSlots()).hasSize(1);
    Map<String, Object> strict = Map.of("slots", List.of(List.of("CTO"), List.of("CFO")));
    ConfigurationVersion strictest =
        rules
            .changeCategory(
                UUID.randomUUID(), ConfigCategory.FEATURE_FLAG, strict, "Care", fixture.admin())
            .version();
    assertThat(strictest.openSlots()).hasSize(2);
    fixture.approve(strictest, CTO, CFO);
    assertThat(fixture.settings().rule(ConfigCategory.FEATURE_FLAG).slots()).hasSize(2);
    fixture.approve(open, CEO);
    assertThat(fixture.settings().rule(ConfigCategory.COMMISSION).slots()).isEmpty();
    // What nobody is asked about is approved as soon as it is submitted.
    assertThat(fixture.submitted(RATE, rate("4.0")).status()).isEqualTo("APPROVED");
  }

  @Test
  @DisplayName("CF-2: a rule that became stricter holds back what was approved by the old one")
  void aStricterRule() {
    ConfigurationVersion flag =
        fixture.submitted("flags.example", true, "category", "FEATURE_FLAG");
    assertThat(flag.status()).isEqualTo("APPROVED");
    ConfigurationVersion rule =
        fixture
            .api
            .configuration
            .ruleChanges
            .changeCategory(
                UUID.randomUUID(),
                ConfigCategory.FEATURE_FLAG,
                Map.of("slots", List.of(List.of("CTO"))),
                "Care",
                fixture.admin())
            .version();
    fixture.approve(rule, CTO);
    assertThatThrownBy(() -> fixture.configurations().activate(flag.id(), fixture.admin()))
        .isInstanceOf(RequestRefused.IllegalMove.class)
        .hasMessageContaining("stricter");
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
    assertThat(fixture.api.inbox.list("ceo", null, com.freelync.control.database.Cursor.START, 10))
        .anySatisfy(message -> assertThat(message.subject()).contains("failed"));
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
