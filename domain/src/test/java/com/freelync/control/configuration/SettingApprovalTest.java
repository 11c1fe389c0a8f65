package com.freelync.control.configuration;

import static com.freelync.control.configuration.ConfigurationFixture.CEO;
import static com.freelync.control.configuration.ConfigurationFixture.CFO;
import static com.freelync.control.configuration.ConfigurationFixture.CTO;
import static com.freelync.control.configuration.ConfigurationFixture.FOUNDER;
import static com.freelync.control.configuration.ConfigurationFixture.RATE;
import static com.freelync.control.configuration.ConfigurationFixture.change;
import static com.freelync.control.configuration.ConfigurationFixture.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.audit.Actor;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who must agree to a setting, and to the rules of who must agree. */
class SettingApprovalTest {
  private static final String SESSION = "security.session.minutes";

  private final ConfigurationFixture fixture = new ConfigurationFixture();

  @AfterEach
  void close() {
    assertThat(fixture.broken()).isZero();
    fixture.close();
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
  @DisplayName("CF-2: from high risk on, one more person is asked where one would do")
  void theExtraSlot() {
    ConfigurationVersion change = fixture.submitted(SESSION, 30);
    assertThat(change.riskLevel()).isEqualTo("high");
    assertThat(change.slots()).hasSize(2);
    assertThat(fixture.approve(change, CTO).status()).isEqualTo("PENDING");
    assertThat(fixture.approve(change, CEO).status()).isEqualTo("APPROVED");
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
    // One would do for it, but from critical risk on the old rule asks one more: so does its end.
    assertThat(open.openSlots()).hasSize(2);
    Map<String, Object> strict = Map.of("slots", List.of(List.of("CTO"), List.of("CFO")));
    ConfigurationVersion strictest =
        rules
            .changeCategory(
                UUID.randomUUID(), ConfigCategory.FEATURE_FLAG, strict, "Care", fixture.admin())
            .version();
    assertThat(strictest.openSlots()).hasSize(2);
    fixture.approve(strictest, CTO, CFO);
    assertThat(fixture.settings().rule(ConfigCategory.FEATURE_FLAG).slots()).hasSize(2);
    assertThat(fixture.approve(open, CEO).status()).isEqualTo("PENDING");
    fixture.approve(open, CTO);
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
    changeFlags(List.of(List.of("CTO")));
    assertThatThrownBy(() -> fixture.configurations().activate(flag.id(), fixture.admin()))
        .isInstanceOf(RequestRefused.IllegalMove.class)
        .hasMessageContaining("stricter");
  }

  @Test
  @DisplayName("CF-2: what a stricter rule held back may hold once the rule is relaxed again")
  void aRelaxedRule() {
    ConfigurationVersion flag =
        fixture.submitted(
            "flags.example",
            true,
            "category",
            "FEATURE_FLAG",
            "scheduled_at",
            fixture.in(Duration.ofHours(1)).toString());
    changeFlags(List.of(List.of("CTO")));
    fixture.forward(Duration.ofHours(1));
    fixture.advance(flag);
    assertThat(fixture.now(flag).suspended()).contains("stricter");
    changeFlags(List.of());
    ConfigurationVersion active =
        fixture.configurations().activate(flag.id(), fixture.admin()).version();
    assertThat(active.status()).isEqualTo("ACTIVE");
    assertThat(active.suspended()).isNull();
  }

  private void changeFlags(List<List<String>> slots) {
    ConfigurationVersion rule =
        fixture
            .api
            .configuration
            .ruleChanges
            .changeCategory(
                UUID.randomUUID(),
                ConfigCategory.FEATURE_FLAG,
                Map.of("slots", slots),
                "Flags",
                fixture.admin())
            .version();
    assertThat(fixture.approve(rule, CTO).status()).isEqualTo("ACTIVE");
  }
}
