package com.freelync.control.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Automation;
import com.freelync.control.automation.DryRuns;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("CF-6 AU-5: a definition that names a secret's setting")
class SecretDefinitionTest {
  private static final String CLEAR = "sk_live_abcdefghijklmnopqrstuvwxyz012345";
  private static final Actor ADMIN = new Actor("admin", "request-6");

  private final ConfigurationFixture fixture = new ConfigurationFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  @DisplayName("is neither stored nor made of one that is, nor tried")
  void isRefused() {
    refused(() -> create("payment.gateway.api_key"));
    refused(() -> create(SettingRuleChanges.ofCategory(ConfigCategory.PAYMENT_GATEWAY)));
    Automation other = create("listing.lifetime_days");
    refused(
        () ->
            fixture.api.automations.change(
                other.id(), Map.of("steps", steps("payment.gateway.api_key")), null, ADMIN));
    DryRuns dryRuns =
        new DryRuns(fixture.database.as("control_dryrun"), fixture.api.catalog, Clock.systemUTC());
    refused(() -> dryRuns.ofDocument(document("payment.gateway.api_key"), Map.of()));
    assertThat(
            fixture.count(
                "SELECT count(*) FROM control.automation_version v WHERE v::text LIKE '%payment.gateway%'"))
        .isZero();
  }

  private Automation create(String key) {
    return fixture.api.automations.create(UUID.randomUUID(), document(key), ADMIN);
  }

  private static Map<String, Object> document(String key) {
    return Map.of("name", "Another value", "trigger", "manual", "steps", steps(key));
  }

  /** In a branch, which is looked into as well. */
  private static List<Object> steps(String key) {
    Map<String, Object> value = Map.of("key", key, "value", CLEAR, "reason", "new");
    Map<String, Object> step = Map.of("action", "change_config", "with", value);
    return List.of(
        Map.of(
            "if",
            Map.of("field", "trigger.a", "operator", "eq", "value", 1),
            "then",
            List.of(step)));
  }

  private static void refused(ThrowingCallable deed) {
    assertThatThrownBy(deed)
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            refusal ->
                assertThat(refusal.errors())
                    .singleElement()
                    .satisfies(
                        error -> {
                          assertThat(error.field()).isEqualTo("/steps/0/then/0/with/key");
                          assertThat(error.message()).contains("by people").doesNotContain(CLEAR);
                        }));
  }
}
