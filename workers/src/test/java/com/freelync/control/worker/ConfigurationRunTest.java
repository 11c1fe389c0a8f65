package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.ConfigurationChange;
import com.freelync.control.configuration.ConfigurationVersion;
import com.freelync.control.configuration.Configurations;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.identity.TestPeople;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("CF-7 CF-9: changes of settings, on a real Temporal server")
class ConfigurationRunTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Approver CFO = new Approver("cfo", Set.of(new Role("CFO")), null);
  private static final Approver CTO = new Approver("cto", Set.of(new Role("CTO")), null);

  @TempDir static Path directory;
  private static RealWorker real;

  @BeforeAll
  static void start() {
    real = new RealWorker(directory);
    TestPeople.install(real.database);
  }

  @AfterAll
  static void close() {
    real.close();
  }

  private static Configurations configurations() {
    return real.api.configuration.configurations;
  }

  private static ConfigurationVersion change(String key, Object value, Object... more) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("value", value);
    fields.put("change_reason", "A test");
    for (int i = 0; i < more.length; i += 2) {
      fields.put((String) more[i], more[i + 1]);
    }
    return configurations()
        .create(
            UUID.randomUUID(),
            new NewChange(key, null, fields, false),
            true,
            new Actor("admin-" + UUID.randomUUID(), "request-1"))
        .version();
  }

  private static ConfigurationVersion now(ConfigurationVersion version) {
    return real.api.configuration.settings.version(version.id());
  }

  private static void approve(ConfigurationVersion version, Approver... people) {
    for (Approver approver : people) {
      configurations().decide(version.id(), approver, new NewWord(true, null, null));
    }
  }

  private static WorkflowStub workflow(ConfigurationVersion version) {
    return real.connection
        .client()
        .newUntypedWorkflowStub(ConfigurationChange.temporalId(version.id()));
  }

  @Test
  @DisplayName("CF-7: it becomes active at its instant, and its workflow ends")
  void atItsInstant() {
    Instant at = Instant.now().plusSeconds(4);
    ConfigurationVersion version =
        change("commission.tier2.rate", 2, "scheduled_at", at.toString());
    approve(version, CFO);
    await().atMost(LONG).until(() -> now(version).status().equals("ACTIVE"));
    assertThat(now(version).activatedAt()).isBetween(at.minusMillis(1), at.plusSeconds(2));
    await()
        .atMost(LONG)
        .until(() -> workflow(version).describe().getStatus().name().endsWith("COMPLETED"));
    Histories.keep(real, "config-scheduled", ConfigurationChange.temporalId(version.id()));
  }

  @Test
  @DisplayName("CF-9: a guard that finds too little holds, and the word of people ends it")
  void guarded() {
    ConfigurationVersion version =
        change(
            "commission.tier3.rate",
            1,
            "guard",
            Map.of("metric", "dispute_rate", "max_drop_percent", 10, "window", "PT10S"));
    approve(version, CFO);
    configurations().activate(version.id(), new Actor("admin", "request-2"));
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(now(version).guardOutcome()).isEqualTo("HELD"));
    Histories.keep(real, "config-guarded", ConfigurationChange.temporalId(version.id()));
    configurations().decide(version.id(), CFO, new NewWord(false, "Too daring.", null));
    assertThat(now(version).status()).isEqualTo("ROLLED_BACK");
  }

  @Test
  @DisplayName(
      "CF-7: a workflow that somebody ended in Temporal is begun again, and it becomes active")
  void begunAgain() {
    Instant at = Instant.now().plusSeconds(5);
    ConfigurationVersion version =
        change("security.login.attempts", 6, "scheduled_at", at.toString());
    await().atMost(LONG).ignoreExceptions().until(() -> workflow(version).describe() != null);
    workflow(version).terminate("by hand");
    approve(version, CTO, CFO);
    await().atMost(LONG).until(() -> now(version).status().equals("ACTIVE"));
  }

  @Test
  @DisplayName(
      "AU-5 CF-2 SE-2: an automation asks through the same gate, and its author is one of the change")
  void byAnAutomation() {
    UUID workflow = UUID.randomUUID();
    real.api.automations.create(
        workflow,
        Map.of(
            "name",
            "Longer sessions",
            "trigger",
            "manual",
            "status",
            "ACTIVE",
            "steps",
            List.of(
                Map.of(
                    "action",
                    "change_config",
                    "with",
                    Map.of(
                        "key",
                        "listing.lifetime_days",
                        "value",
                        120,
                        "reason",
                        "Houses take long")))),
        new Actor("admin", "request-3"));
    real.api.executions.execute(
        UUID.randomUUID(), workflow, Map.of(), null, new Actor("operator", "request-4"));
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(
                        real.api
                            .configuration
                            .settings
                            .setting("listing.lifetime_days", null)
                            .upcoming())
                    .singleElement()
                    .satisfies(
                        asked -> {
                          assertThat(asked.status()).isEqualTo("PENDING");
                          assertThat(asked.authors())
                              .containsExactlyInAnyOrder("admin", "operator");
                        }));
    ConfigurationVersion asked =
        real.api
            .configuration
            .settings
            .setting("listing.lifetime_days", null)
            .upcoming()
            .getFirst();
    approve(asked, CTO);
    assertThat(now(asked).status()).isEqualTo("ACTIVE");
    Histories.keep(real, "config-submitted", ConfigurationChange.temporalId(asked.id()));
  }
}
