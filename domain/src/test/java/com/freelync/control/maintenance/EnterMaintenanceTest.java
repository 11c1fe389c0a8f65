package com.freelync.control.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Action.Request;
import com.freelync.control.automation.Action.Result;
import com.freelync.control.automation.ActionFixture;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.database.Transaction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("enter_maintenance")
class EnterMaintenanceTest {
  private static ActionFixture fixture;

  private @Nullable MaintenancePlan begun;
  private final EnterMaintenance action = new EnterMaintenance(new Modes());

  /** A maintenance that is kept in this test. */
  private final class Modes implements MaintenanceModes {
    @Override
    public Optional<UUID> active(Handle handle) {
      return Optional.ofNullable(begun).map(MaintenancePlan::id);
    }

    @Override
    public boolean enter(Transaction transaction, MaintenancePlan plan, Actor actor) {
      boolean isNew = begun == null;
      begun = plan;
      return isNew;
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

  private static Request of(String type, Object... more) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("type", type);
    input.put("message", "Back soon");
    for (int i = 0; i < more.length; i += 2) {
      input.put((String) more[i], more[i + 1]);
    }
    return ActionFixture.request(input);
  }

  private Result perform(Request request) {
    return fixture.database.as("control_worker").transaction(tx -> action.perform(tx, request));
  }

  @Test
  @DisplayName("AU-5: begins a maintenance once, as its estimate says, and not beside another one")
  void begins() {
    Request request = of("FEATURE_SPECIFIC", "features", List.of("payouts"), "estimated", "PT30M");
    var estimate =
        fixture
            .database
            .as("control_dryrun")
            .read(handle -> action.estimate(handle, request, new Foreseen()));
    assertThat(begun).isNull();
    assertThat(perform(request).output()).isEqualTo(estimate.output());
    assertThat(begun.features()).containsExactly("payouts");
    assertThat(begun.estimated()).isEqualTo(Duration.ofMinutes(30));
    assertThat(perform(request).isNew()).isFalse();
    assertThatThrownBy(() -> perform(of("FULL"))).hasMessageContaining("is in force already");
  }

  @Test
  @DisplayName("AU-5: refuses types, features and times that do not fit")
  void refuses() {
    for (Request wrong :
        List.of(
            of("SOME"),
            of("FEATURE_SPECIFIC"),
            of("FULL", "features", List.of("payouts")),
            of("FULL", "estimated", "soon"))) {
      assertThatThrownBy(() -> perform(wrong)).isInstanceOf(ActionRefused.class);
    }
    assertThat(new EnterMaintenance(null).unavailable()).isPresent();
  }
}
