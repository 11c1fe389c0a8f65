package com.freelync.control.api;

import static org.awaitility.Awaitility.await;

import com.freelync.control.ControlCenter;
import com.freelync.control.alert.AlertFilter;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.RunIdentity;
import com.freelync.control.automation.StepPlace;
import com.freelync.control.database.Cursor;
import com.freelync.control.notification.Notice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Things that stand in the database for requests to speak of. */
record Fixtures(
    String draft,
    String active,
    String execution,
    String payout,
    String event,
    String message,
    String approval,
    String alert,
    String setting,
    String freeze,
    String artifact,
    String task,
    String reconciliation,
    String breaker,
    String backtest,
    String bulk) {
  private static final Fixtures ONE = make(TestApi.running());

  /** A day that has a snapshot. */
  static final String SNAPSHOT_DAY = "2026-01-01";

  static Fixtures standing() {
    return ONE;
  }

  static final String DEFINITION =
      """
      {"name": "Reject all", "trigger": "event: payout.requested",
       "conditions": [{"field": "amount", "operator": "gt", "value": 900000000}],
       "steps": [{"action": "reject_payout", "with": {"reason": "too large"}}]}
      """;

  /** A CloudEvent about a payout. */
  static String event(String id, String payout) {
    return
"""
{"specversion": "1.0", "id": "%s", "source": "test", "type": "payout.requested", "data": {"payout_id": "%s"}}
"""
        .formatted(id, payout)
        .strip();
  }

  /** A new automation, in DRAFT unless it asks for more. */
  static String automation(TestApi api, String status) {
    Answer made =
        api.as("admin", "POST", "/admin/workflows")
            .json(DEFINITION.strip().replaceFirst("\\{", "{\"status\": \"" + status + "\", "))
            .send();
    if (made.status() != 201) {
      throw new AssertionError(made);
    }
    return made.text("/id");
  }

  /** An execution of an automation, SKIPPED at once. */
  static String execution(TestApi api, String automation, String payout) {
    Answer started =
        api.as("operator", "POST", "/admin/workflows/" + automation + "/execute")
            .json("{\"trigger_data\": {\"payout_id\": \"" + payout + "\"}}")
            .send();
    if (started.status() != 202) {
      throw new AssertionError(started);
    }
    return started.text("/execution_id");
  }

  /** A new backtest of a draft. */
  static String backtest(TestApi api) {
    Answer made =
        api.as("founder", "POST", "/admin/workflows/" + automation(api, "DRAFT") + "/backtest")
            .json("{\"from\": \"2026-03-01T00:00:00Z\", \"to\": \"2026-03-02T00:00:00Z\"}")
            .send();
    if (made.status() != 202) {
      throw new AssertionError(made);
    }
    return made.text("/id");
  }

  /** An execution that failed while it waited. */
  static String failed(TestApi api) {
    String execution = Questions.asked(api).execution();
    api.database
        .as("control_owner")
        .transaction(
            transaction ->
                transaction
                    .handle()
                    .execute(
                        """
                    UPDATE control.workflow_execution
                       SET status = 'FAILED', finished_at = now(),
                           error = '{"type": "test", "message": "The line was cut.", "open": []}'
                     WHERE id = ?
                    """,
                        UUID.fromString(execution)));
    return execution;
  }

  /** An action whose breaker is open. */
  static String breaker(TestApi api) {
    api.database
        .as("control_owner")
        .transaction(
            transaction ->
                transaction
                    .handle()
                    .execute(
                        """
                    INSERT INTO control.circuit_breaker
                      (action, state, failures, trips, last_error, opened_at, retry_at, updated_at)
                    VALUES ('call_webhook', 'OPEN', 5, 1, 'no answer', now(), now() + interval '1 hour', now())
                    ON CONFLICT (action) DO UPDATE SET state = 'OPEN', opened_at = now(),
                      retry_at = now() + interval '1 hour'
                    """));
    return "call_webhook";
  }

  /** A new automation that moves money and waits for its approval. */
  static String pending(TestApi api) {
    Answer made =
        api.as("admin", "POST", "/admin/workflows")
            .json(
                """
                {"name": "Pays", "trigger": "event: payout.requested", "status": "ACTIVE",
                 "conditions": [{"field": "amount", "operator": "gt", "value": 900000000}],
                 "actions": ["approve_payout"]}
                """)
            .send();
    if (made.status() != 201) {
      throw new AssertionError(made);
    }
    return made.text("/id");
  }

  /** A new report, CSV or HTML. */
  static String artifact(TestApi api, String format) {
    ControlCenter worker = new ControlCenter(api.database.as("control_worker"), Clock.systemUTC());
    RunIdentity run =
        new RunIdentity(UUID.randomUUID(), UUID.randomUUID(), 1, "admin", Map.of(), Map.of(), null);
    Action.Outside generate = (Action.Outside) worker.catalog.find("generate_report").orElseThrow();
    return generate
        .perform(
            new Action.Request(
                run, StepPlace.of("/actions/0"), 0, Map.of("format", format, "to", "admin")))
        .output()
        .get("artifact_id")
        .toString();
  }

  /** A new message in someone's inbox. */
  static String message(TestApi api, String person) {
    ControlCenter control = new ControlCenter(api.database.as("control_api"), Clock.systemUTC());
    Notice notice =
        new Notice(
            "test/" + UUID.randomUUID(),
            Set.of(),
            Set.of(person),
            Set.of(),
            "test",
            "A payout waits",
            "It is large.",
            "/admin/payouts");
    api.database
        .as("control_api")
        .transaction(transaction -> control.notifications.tell(transaction, notice, null));
    return control.inbox.list(person, null, Cursor.START, 1).getFirst().id().toString();
  }

  /** A new alert that fires. */
  static String alert(TestApi api) {
    ControlCenter control = new ControlCenter(api.database.as("control_worker"), Clock.systemUTC());
    String subject = "metric:" + UUID.randomUUID();
    api.database
        .as("control_worker")
        .transaction(
            transaction ->
                control.alerts.report(
                    transaction, "analytics.calculation_failed", subject, "It failed", Map.of()));
    return control.alertList.list(AlertFilter.ALL, Cursor.START, 200).stream()
        .filter(alert -> alert.subject().equals(subject))
        .findFirst()
        .orElseThrow()
        .id()
        .toString();
  }

  /** A new version of a setting, in DRAFT. */
  static String setting(TestApi api) {
    return setting(
        api, "{\"key\": \"commission.tier2.rate\", \"value\": 3.4, \"change_reason\": \"a test\"}");
  }

  /** A new version of a setting. */
  static String setting(TestApi api, String change) {
    Answer made = api.as("admin", "POST", "/admin/config").json(change).send();
    if (made.status() != 201) {
      throw new AssertionError(made);
    }
    return made.text("/id");
  }

  /** A new version of a setting that waits for the CFO or the CEO. */
  static String submitted(TestApi api) {
    return setting(
        api,
        "{\"key\": \"commission.tier2.rate\", \"value\": 3.4, \"change_reason\": \"a test\","
            + " \"submit\": true}");
  }

  /** A new version of a setting that people approved. */
  static String approved(TestApi api) {
    String id = submitted(api);
    Answer approved = api.as("cfo", "POST", "/admin/config/" + id + "/approve").json("{}").send();
    if (!approved.text("/status").equals("APPROVED")) {
      throw new AssertionError(approved);
    }
    return id;
  }

  /** A new version of a setting that holds. */
  static String holding(TestApi api) {
    String id = approved(api);
    Answer active = api.as("admin", "POST", "/admin/config/" + id + "/activate").send();
    if (!active.text("/status").equals("ACTIVE")) {
      throw new AssertionError(active);
    }
    return id;
  }

  /** A new version of a secret, in DRAFT. */
  static String secret(TestApi api) {
    return setting(
        api,
        "{\"key\": \"payment.gateway.api_key\", \"change_reason\": \"a test\","
            + " \"value\": \"sk_live_abcdefghijklmnopqrstuvwxyz012345\"}");
  }

  /** A new freeze window, long from now. */
  static String freeze(TestApi api) {
    Instant begin = Instant.now().plus(Duration.ofDays(500));
    Answer made =
        api.as("admin", "POST", "/admin/freeze-windows")
            .json(
                "{\"begins_at\": \"%s\", \"ends_at\": \"%s\", \"reason\": \"a test\"}"
                    .formatted(begin, begin.plus(Duration.ofDays(1))))
            .send();
    if (made.status() != 201) {
      throw new AssertionError(made);
    }
    return made.text("/id");
  }

  /** A cancellation of one execution as one of many, completed. */
  static String bulk(TestApi api) {
    String body =
        "{\"action\": \"cancel\", \"execution_ids\": [\"%s\"], \"reason\": \"a test\""
            .formatted(Questions.asked(api).execution());
    Call call = api.as("operator", "POST", "/admin/executions/bulk");
    String token = call.json(body + "}").send().text("/token");
    String id = call.json(body + ", \"token\": \"" + token + "\"}").send().text("/id");
    carryOut(api, id);
    return id;
  }

  /**
   * Does what is to be done to many: its message waits behind those for Temporal, which is away.
   */
  static void carryOut(TestApi api, String bulk) {
    ControlCenter worker = new ControlCenter(api.database.as("control_worker"), Clock.systemUTC());
    // Another thread would wait for the fixtures, which wait for it.
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              for (int batch = 0; batch < 3; batch++) {
                worker.bulks.next(UUID.fromString(bulk), batch);
              }
              return api.as("operator", "GET", "/admin/executions/bulk/" + bulk)
                  .send()
                  .text("/status")
                  .equals("COMPLETED");
            });
  }

  /** A new task, long from now. */
  static String task(TestApi api) {
    Answer made =
        api.as("operator", "POST", "/admin/tasks")
            .json(
                """
                {"name": "Some day", "workflow_id": "%s", "at": "2050-01-01T00:00:00Z",
                 "payload": {"payout_id": "%s"}}
                """
                    .formatted(automation(api, "ACTIVE"), UUID.randomUUID()))
            .send();
    if (made.status() != 201) {
      throw new AssertionError(made);
    }
    return made.text("/id");
  }

  /** A new task that is paused. */
  static String pausedTask(TestApi api) {
    String id = task(api);
    api.as("operator", "POST", "/admin/tasks/" + id + "/pause").json("{}").send();
    return id;
  }

  /** A new reconciliation, which waits for Temporal. */
  static String reconciliation(TestApi api) {
    Answer made =
        api.as("operator", "POST", "/admin/payouts/reconciliations")
            .json("{\"reason\": \"a test\"}")
            .send();
    if (made.status() != 202) {
      throw new AssertionError(made);
    }
    return made.text("/id");
  }

  private static Fixtures make(TestApi api) {
    new ControlCenter(api.database.as("control_api"), Clock.systemUTC())
        .snapshots.take(LocalDate.parse(SNAPSHOT_DAY), new Actor("admin", null));
    String payout =
        api.marketplace.payout(api.marketplace.seller(false, "3", false), "100000.00").toString();
    String active = automation(api, "ACTIVE");
    String event = UUID.randomUUID().toString();
    Answer accepted =
        api.as("marketplace", "POST", "/events")
            .body(
                "application/cloudevents+json",
                event(event, payout).getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .send();
    if (accepted.status() != 202) {
      throw new AssertionError(accepted);
    }
    String stored =
        api.database
            .as("control_owner")
            .read(
                handle ->
                    handle
                        .createQuery("SELECT id::text FROM control.event WHERE source_id = :id")
                        .bind("id", event)
                        .mapTo(String.class)
                        .one());
    return new Fixtures(
        automation(api, "DRAFT"),
        active,
        execution(api, active, payout),
        payout,
        stored,
        message(api, "analyst"),
        Questions.decided(api),
        alert(api),
        setting(api),
        freeze(api),
        artifact(api, "CSV"),
        task(api),
        reconciliation(api),
        breaker(api),
        backtest(api),
        bulk(api));
  }
}
