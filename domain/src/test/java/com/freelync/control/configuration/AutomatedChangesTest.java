package com.freelync.control.configuration;

import static com.freelync.control.configuration.ConfigurationFixture.CEO;
import static com.freelync.control.configuration.ConfigurationFixture.CTO;
import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.approval.NewWord;
import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.database.Cursor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A change that an automation asked for")
class AutomatedChangesTest {
  private static final String KEY = "partner.code";

  private final ConfigurationFixture fixture = new ConfigurationFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  @DisplayName("AU-5 CF-2: is submitted by its workflow once, as whom it was made")
  void isSubmitted() {
    rule(Map.of("type", "string"));
    UUID id = asked();
    submit(id);
    submit(id);
    ConfigurationVersion version = fixture.settings().version(id);
    assertThat(version.status()).isEqualTo("PENDING");
    assertThat(version.authors()).containsExactlyInAnyOrder("admin", "operator");
    assertThat(fixture.actions(version)).containsExactly("CREATED", "SUBMITTED");
  }

  @Test
  @DisplayName("CF-6: a rule that would make a setting with versions a secret fails, and says why")
  void staysClear() {
    rule(Map.of("type", "string"));
    ConfigurationVersion secret = change(Map.of("type", "string", "encrypted", true));
    submit(asked());
    fixture.approve(secret, CTO, CEO);
    fixture.advance(secret);
    assertThat(fixture.now(secret).status()).isEqualTo("FAILED");
    assertThat(fixture.now(secret).failure()).contains("use a new key");
  }

  @Test
  @DisplayName(
      "AU-5 CF-6: of a setting that somebody made a secret in the database is given up, and its authors hear why, once")
  void isGivenUp() {
    rule(Map.of("type", "string"));
    UUID id = asked();
    fixture
        .database
        .as("control_owner")
        .transaction(
            transaction ->
                transaction
                    .handle()
                    .execute(
                        """
                        ALTER TABLE control.platform_config DISABLE TRIGGER USER;
                        UPDATE control.platform_config SET value = value || '{"encrypted": true}' WHERE key = ?;
                        ALTER TABLE control.platform_config ENABLE TRIGGER USER
                        """,
                        SettingRuleChanges.ofKey(KEY)));
    submit(id);
    submit(id);
    ConfigurationVersion version = fixture.settings().version(id);
    assertThat(version.status()).isEqualTo("CANCELLED");
    assertThat(fixture.actions(version)).containsExactly("CREATED", "CANCELLED");
    assertThat(fixture.advance(version).isOver()).isTrue();
    for (String author : List.of("admin", "operator")) {
      assertThat(fixture.api.inbox.list(author, null, Cursor.START, 10))
          .filteredOn(message -> message.link().endsWith(id.toString()))
          .singleElement()
          .satisfies(message -> assertThat(message.text()).contains("became a secret"));
    }
  }

  @Test
  @DisplayName(
      "AU-5 SE-2: is of everybody who wrote the automation, also before people approved it")
  void isOfAllWriters() {
    UUID id = UUID.randomUUID();
    fixture.api.automations.create(id, automation("First"), new Actor("founder", "request-7"));
    fixture.api.automations.decide(id, ConfigurationFixture.CFO, new NewWord(true, null, null));
    fixture.api.automations.change(
        id, Map.of("name", "Second"), null, new Actor("admin", "request-8"));
    Set<String> writers =
        fixture
            .database
            .as("control_worker")
            .transaction(tx -> fixture.worker.runApprovals.writers(tx, id, 2));
    assertThat(writers).containsExactlyInAnyOrder("founder", "admin");
  }

  private static Map<String, Object> automation(String name) {
    return Map.of(
        "name",
        name,
        "status",
        "ACTIVE",
        "trigger",
        Map.of("event", "payout.requested"),
        "steps",
        List.of(
            Map.of("action", "approve_payout"),
            Map.of(
                "action",
                "change_config",
                "with",
                Map.of("key", "listing.lifetime_days", "value", 120, "reason", "Houses"))));
  }

  private UUID asked() {
    UUID id = UUID.randomUUID();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("value", "A1");
    fields.put("change_reason", "The partner changed it.");
    fixture
        .database
        .as("control_worker")
        .transaction(
            transaction ->
                fixture.worker.configuration.automatedChanges.create(
                    transaction,
                    id,
                    new NewChange(KEY, null, fields, true),
                    Set.of("admin"),
                    new Actor("operator", "request-5")));
    return id;
  }

  private void submit(UUID id) {
    fixture.worker.configuration.automatedChanges.submitAsAsked(id);
  }

  private void rule(Map<String, Object> rule) {
    assertThat(fixture.approve(change(rule), CTO, CEO).status()).isEqualTo("ACTIVE");
  }

  private ConfigurationVersion change(Map<String, Object> rule) {
    return fixture
        .api
        .configuration
        .ruleChanges
        .changeKey(UUID.randomUUID(), KEY, "SYSTEM", rule, "Partners", fixture.admin())
        .version();
  }
}
