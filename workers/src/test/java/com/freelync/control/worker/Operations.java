package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.ControlCenter;
import com.freelync.control.analytics.Analytics;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Execution;
import com.freelync.control.automation.RunInput;
import com.freelync.control.automation.StepRow;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.configuration.KeysetVault;
import com.freelync.control.configuration.secret.SecretKeys;
import com.freelync.control.configuration.secret.Secrets;
import com.freelync.control.parse.Document;
import com.freelync.control.problem.RequestRefused;
import com.freelync.control.webhook.Webhooks;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people do with automations, on real parts. */
record Operations(RealWorker real) {
  static final Actor ADMIN = new Actor("admin", "request-2");
  private static final Duration LONG = Duration.ofSeconds(60);

  /** A new automation, ACTIVE, of a definition in YAML. */
  UUID automation(String yaml) {
    if (!(Document.read(yaml, Document.Format.YAML) instanceof Document.Readable readable)) {
      throw new AssertionError(yaml);
    }
    Map<String, Object> document = new LinkedHashMap<>(readable.content());
    document.put("status", "ACTIVE");
    UUID id = UUID.randomUUID();
    try {
      real.api.automations.create(id, document, ADMIN);
    } catch (RequestRefused.Invalid invalid) {
      throw new AssertionError(invalid.errors().toString(), invalid);
    }
    return id;
  }

  /** The definition that has every construct. */
  static String everything() {
    try (InputStream file =
        Objects.requireNonNull(
            Operations.class.getResourceAsStream("/definitions/everything.yaml"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  UUID start(UUID automation, Map<String, Object> data) {
    return real.api
        .executions
        .execute(UUID.randomUUID(), automation, data, "a test", ADMIN)
        .row()
        .id();
  }

  UUID start(String yaml, Map<String, Object> data) {
    return start(automation(yaml), data);
  }

  Execution get(UUID execution) {
    return real.api.executions.get(execution);
  }

  Execution awaitEnd(UUID execution) {
    return awaitEnd(execution, LONG);
  }

  Execution awaitEnd(UUID execution, Duration atMost) {
    await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> get(execution).row().finishedAt() != null);
    return get(execution);
  }

  void awaitStatus(UUID execution, String status) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(get(execution).row().status()).isEqualTo(status));
  }

  void decide(UUID execution, boolean approves) {
    decide(execution, approves, null);
  }

  void decide(UUID execution, boolean approves, @Nullable String contentHash) {
    real.api.executions.decide(
        execution,
        new Approver("cfo", Set.of(new Role("CFO")), "request-3"),
        new NewWord(approves, "a test", contentHash));
  }

  /** The steps of a place, in every item and generation. */
  static List<StepRow> steps(Execution execution, String path) {
    return execution.steps().stream().filter(step -> step.path().equals(path)).toList();
  }

  static List<String> statuses(Execution execution, String path) {
    return steps(execution, path).stream().map(StepRow::status).toList();
  }

  /** The messages that someone has, by their subjects. */
  List<String> told(String person) {
    return real.database
        .as("control_owner")
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT subject FROM control.inbox_message WHERE person = ? AND kind NOT LIKE 'approval%' ORDER BY created_at, id")
                    .bind(0, person)
                    .mapTo(String.class)
                    .list());
  }

  List<HistoryEvent> history(String workflowId) {
    return real.connection.client().fetchHistory(workflowId).getHistory().getEventsList();
  }

  long events(UUID execution, EventType type) {
    return history(RunInput.temporalId(execution, 1)).stream()
        .filter(event -> event.getEventType() == type)
        .count();
  }

  /** Gives the setting that signs webhooks a value, as people do. */
  void sign(String secret) {
    ControlCenter keeper =
        new ControlCenter(
            real.database.as("control_api"),
            Clock.systemUTC(),
            new Analytics(real.database.as("control_api")),
            new KeysetVault(new Secrets(SecretKeys.open(real.secretKeys))));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("value", secret);
    fields.put("change_reason", "A test");
    var configurations = keeper.configuration.configurations;
    UUID id =
        configurations
            .create(
                UUID.randomUUID(), new NewChange(Webhooks.SECRET, null, fields, false), true, ADMIN)
            .version()
            .id();
    for (String person : List.of("cto", "ceo")) {
      if (keeper.configuration.settings.version(id).status().equals("PENDING")) {
        Role role = new Role(person.toUpperCase(Locale.ROOT));
        configurations.decide(
            id, new Approver(person, Set.of(role), null), new NewWord(true, null, null));
      }
    }
    configurations.activate(id, ADMIN);
  }
}
