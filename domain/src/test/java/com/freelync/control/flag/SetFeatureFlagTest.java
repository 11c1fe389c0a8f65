package com.freelync.control.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Action.Request;
import com.freelync.control.automation.Action.Result;
import com.freelync.control.automation.ActionFixture;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.database.Transaction;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("set_feature_flag")
class SetFeatureFlagTest {
  private static ActionFixture fixture;

  private final Map<String, FeatureFlagStatus> statuses =
      new HashMap<>(Map.of("search", FeatureFlagStatus.DISABLED));
  private final SetFeatureFlag action = new SetFeatureFlag(new Switches());

  /** Features that are kept in this test. */
  private final class Switches implements FeatureFlags {
    @Override
    public Optional<FeatureFlagStatus> status(Handle handle, String key) {
      return Optional.ofNullable(statuses.get(key));
    }

    @Override
    public boolean change(Transaction transaction, FlagChange change, Actor actor) {
      return statuses.put(change.key(), change.status()) != change.status();
    }
  }

  @BeforeAll
  static void open() {
    fixture = new ActionFixture();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static Request to(String key, String status) {
    return ActionFixture.request(Map.of("key", key, "status", status));
  }

  private Result perform(Request request) {
    return fixture.database.as("control_worker").transaction(tx -> action.perform(tx, request));
  }

  @Test
  @DisplayName("AU-5: switches a feature once, as its estimate says")
  void switches() {
    Request request = to("search", "ENABLED_GLOBALLY");
    var estimate =
        fixture
            .database
            .as("control_dryrun")
            .read(handle -> action.estimate(handle, request, new Foreseen()));
    assertThat(statuses).containsEntry("search", FeatureFlagStatus.DISABLED);
    Result first = perform(request);
    assertThat(first.output()).isEqualTo(estimate.output());
    assertThat(first.affected()).isEqualTo(estimate.affected());
    assertThat(statuses).containsEntry("search", FeatureFlagStatus.ENABLED_GLOBALLY);
    assertThat(perform(request).isNew()).isFalse();
  }

  @Test
  @DisplayName("AU-5: refuses a feature that is none, and a share that is none")
  void refuses() {
    assertThatThrownBy(() -> perform(to("none", "DISABLED"))).hasMessageContaining("no feature");
    assertThatThrownBy(() -> perform(to("search", "ON"))).isInstanceOf(ActionRefused.class);
    for (String share : new String[] {"-1", "101", "1.5"}) {
      Map<String, Object> input =
          Map.of(
              "key",
              "search",
              "status",
              "ENABLED_FOR_PERCENTAGE",
              "percentage",
              new BigDecimal(share));
      assertThatThrownBy(() -> perform(ActionFixture.request(input)))
          .hasMessageContaining("whole number from 0 to 100");
    }
  }

  @Test
  @DisplayName("AU-5: without features it says so, and does nothing")
  void isUnavailable() {
    SetFeatureFlag away = new SetFeatureFlag(null);
    assertThat(action.unavailable()).isEmpty();
    assertThat(away.unavailable()).hasValueSatisfying(why -> assertThat(why).contains("DRAFT"));
    assertThatThrownBy(
            () ->
                fixture
                    .database
                    .as("control_worker")
                    .transaction(tx -> away.perform(tx, to("search", "DISABLED"))))
        .isInstanceOf(ActionRefused.class);
  }
}
