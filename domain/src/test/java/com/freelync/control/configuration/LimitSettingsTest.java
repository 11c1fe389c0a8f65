package com.freelync.control.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionCatalog;
import com.freelync.control.automation.ActionFixture;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.safety.LimitMeasure;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** AU-9: limits of actions are settings. */
class LimitSettingsTest {
  @Test
  @DisplayName("AU-9: every action that exists may be limited by a setting, and no other one")
  void agreesWithTheCatalog() {
    try (ActionFixture fixture = new ActionFixture()) {
      ActionCatalog catalog = fixture.api.catalog;
      assertThat(LimitSettings.ACTIONS)
          .containsExactlyInAnyOrderElementsOf(
              catalog.all().stream()
                  .filter(action -> !(action instanceof Action.Asking))
                  .map(action -> action.signature().name())
                  .toList());
      assertThat(LimitSettings.MOVING_MONEY)
          .containsExactlyInAnyOrderElementsOf(
              catalog.actionNames().stream()
                  .filter(
                      name -> catalog.action(name).map(ActionSignature::movesMoney).orElse(false))
                  .toList());
    }
  }

  @Test
  @DisplayName("AU-9: what the settings begin with is what the actions say")
  void beginsAsTheActionsSay() {
    try (ActionFixture fixture = new ActionFixture()) {
      fixture
          .api
          .catalog
          .limits()
          .forEach(
              (action, limits) -> {
                for (LimitMeasure measure : LimitMeasure.values()) {
                  assertThat(
                          KnownSettings.find(measure.setting(action))
                              .map(KnownSettings.Known::value)
                              .map(value -> new BigDecimal(value.toString())))
                      .as("%s %s", action, measure)
                      .isEqualTo(measure.of(limits));
                }
              });
    }
  }

  @Test
  @DisplayName("AU-9: a limit is a whole number of calls, or an amount, and not negative")
  void values() {
    assertThat(wrong("limits.call_webhook.max_per_hour", "7")).isZero();
    assertThat(wrong("limits.call_webhook.max_per_hour", "1.5")).isPositive();
    assertThat(wrong("limits.call_webhook.max_per_hour", "-1")).isPositive();
    assertThat(wrong("limits.approve_payout.max_total_amount", "0.01")).isZero();
    assertThat(
            Map.of(
                "limits.aprove_payout.max_per_hour", 1,
                "limits.approve_payout.per_hour", 1,
                "limits.approve_payout", 1,
                "limits.", 1))
        .allSatisfy((key, one) -> assertThat(LimitSettings.find(key)).isEmpty());
  }

  private static int wrong(String key, String value) {
    return LimitSettings.find(key)
        .orElseThrow()
        .rule()
        .check(new BigDecimal(value), "/value")
        .size();
  }
}
