package com.freelync.control.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.approval.Role;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditFilter;
import com.freelync.control.audit.ListedEntry;
import com.freelync.control.database.Cursor;
import com.freelync.control.notification.InboxMessage.MailStatus;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
  private static final String MEASURED = "automation.high_failure_rate";
  private static final AlertRuleChange NOTHING =
      new AlertRuleChange(null, null, null, null, null, null, null);
  private final AlertFixture house = new AlertFixture();

  @AfterEach
  void drop() {
    house.close();
  }

  private AlertRule change(String rule, AlertRuleChange change) {
    return house.api.alertRules.change(rule, change, null, AlertFixture.DEVOPS);
  }

  private void assertRefused(String rule, AlertRuleChange change, String... fields) {
    assertThatThrownBy(() -> change(rule, change))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            refusal ->
                assertThat(refusal.errors())
                    .extracting(FieldError::field)
                    .containsExactlyInAnyOrder(fields));
  }

  @Test
  @DisplayName("OB-2: the rules of the specification stand from the start")
  void standsFromTheStart() {
    assertThat(house.api.alertRules.list())
        .extracting(
            rule ->
                "%s %s %s %s"
                    .formatted(
                        rule.name(),
                        rule.severity().wireName(),
                        rule.roles().stream().map(Role::name).toList(),
                        rule.measure() == null
                            ? "reported"
                            : rule.measure().comparison().words()
                                + " "
                                + rule.measure().threshold()))
        .containsExactly(
            "analytics.calculation_failed high [CTO] reported",
            "analytics.calculation_slow high [DEVOPS] above 30",
            "analytics.mismatch critical [CTO, DEVOPS] reported",
            "automation.circuit_breaker_open critical [ADMIN, CTO] reported",
            "automation.high_failure_rate high [DEVOPS] at least 0.2",
            "config.high_risk_change critical [CEO, CFO] reported",
            "payout.reconciliation_difference critical [CFO, CTO] reported",
            "payout.reconciliation_failed high [CTO, DEVOPS] reported");
    assertThat(house.api.alertRules.list())
        .allSatisfy(rule -> assertThat(rule.enabled() && rule.mails()).isTrue());
  }

  @Test
  @DisplayName("OB-2 SE-3: what is given changes, the rest stays, and the audit log has both")
  void changes() {
    AlertRule before = house.api.alertRules.get(MEASURED);
    AlertRule after =
        change(
            MEASURED,
            new AlertRuleChange(
                "critical",
                List.of("CTO", "DEVOPS"),
                null,
                new BigDecimal("0.35"),
                Duration.ofMinutes(30),
                null,
                null));
    assertThat(after.severity()).isEqualTo(AlertSeverity.CRITICAL);
    assertThat(after.roles()).containsExactly(new Role("CTO"), new Role("DEVOPS"));
    assertThat(after.measure())
        .isEqualTo(
            new AlertMeasure(
                "automation.failure_rate",
                AlertComparison.GTE,
                new BigDecimal("0.35"),
                Duration.ofMinutes(30),
                5));
    assertThat(after.enabled()).isTrue();
    assertThat(after.channels()).isEqualTo(before.channels());
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(after).isEqualTo(house.api.alertRules.get(MEASURED));
    ListedEntry entry =
        house.api.trail.list(AuditFilter.ALL, Cursor.START, 10).stream()
            .filter(listed -> listed.row().action().equals("alert_rule.change"))
            .findFirst()
            .orElseThrow();
    assertThat(entry.row().outcome()).isEqualTo(AuditEntry.Outcome.ALLOWED.name());
    assertThat(entry.row().details()).contains("0.35", "PT30M", "PT1H", "0.2");
  }

  @Test
  @DisplayName("OB-2 SE-4: everything that is wrong is named at once, and nothing is changed")
  void refuses() {
    AlertRule before = house.api.alertRules.get(MEASURED);
    assertRefused(
        MEASURED,
        new AlertRuleChange(
            "HIGH",
            List.of("CTO", "JANITOR", "cto", "CTO"),
            List.of("mail"),
            new BigDecimal("-0.1"),
            Duration.ofDays(8),
            0,
            null),
        "/severity",
        "/roles/1",
        "/roles/2",
        "/roles/3",
        "/channels",
        "/threshold",
        "/window",
        "/minimum_sample");
    assertRefused(MEASURED, NOTHING, "");
    assertRefused(
        MEASURED, new AlertRuleChange(null, List.of(), null, null, null, null, null), "/roles");
    assertRefused(
        AlertFixture.FAILED,
        new AlertRuleChange(null, null, null, BigDecimal.ONE, Duration.ofHours(1), 1, null),
        "/threshold",
        "/window",
        "/minimum_sample");
    assertThat(house.api.alertRules.get(MEASURED)).isEqualTo(before);
    assertThatThrownBy(() -> change("no.such_rule", NOTHING))
        .isInstanceOf(RequestRefused.NotFound.class);
  }

  @Test
  @DisplayName("OB-2 SE-7: a change for an older version is stale")
  void stale() {
    AlertRuleChange off = new AlertRuleChange(null, null, null, null, null, null, false);
    long version = house.api.alertRules.get(MEASURED).version();
    house.api.alertRules.change(MEASURED, off, version, AlertFixture.DEVOPS);
    assertThatThrownBy(
            () -> house.api.alertRules.change(MEASURED, off, version, AlertFixture.DEVOPS))
        .isInstanceOf(RequestRefused.Stale.class);
  }

  @Test
  @DisplayName("OB-2: a rule that is off reports nothing, one without mail tells the inbox alone")
  void obeys() {
    change(AlertFixture.FAILED, new AlertRuleChange(null, null, null, null, null, null, false));
    assertThat(house.report(AlertFixture.FAILED, "a")).isEqualTo(Reported.DISABLED);
    assertThat(house.about("a")).isEmpty();
    change(
        AlertFixture.FAILED,
        new AlertRuleChange(null, List.of("OPERATOR"), List.of("in_app"), null, null, null, true));
    assertThat(house.report(AlertFixture.FAILED, "a")).isEqualTo(Reported.FIRED);
    Alert alert = house.only("a");
    assertThat(house.toldOf(alert.id())).containsExactly("operator");
    assertThat(house.told("operator", alert.id()).getFirst().mail()).isEqualTo(MailStatus.NONE);
    assertThat(house.api.outbox.waiting()).isZero();
  }
}
