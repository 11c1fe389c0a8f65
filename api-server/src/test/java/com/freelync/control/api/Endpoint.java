package com.freelync.control.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One operation of the interface as API.md has it.
 *
 * @param template its path, with {@code {id}} or {@code {name}} where an id stands
 * @param id an id that exists, for the template
 * @param people who may use it; everyone with a token if it is empty
 * @param permission the permission's words in a refusal
 * @param type the media type of its body; empty if it has none
 * @param body a body that is well-formed
 */
record Endpoint(
    String method,
    String template,
    String id,
    Set<String> people,
    String permission,
    String type,
    String body) {
  static final List<String> PEOPLE =
      List.of(
          "ceo",
          "cfo",
          "founder",
          "cto",
          "admin",
          "operator",
          "analyst",
          "executive",
          "devops",
          "marketplace");

  private static final String JSON = "application/json";
  private static final Set<String> MANAGE = Set.of("admin", "founder");
  private static final Set<String> OPERATE = Set.of("admin", "founder", "operator", "devops");
  private static final Set<String> READ =
      Set.of("ceo", "cfo", "founder", "cto", "admin", "operator", "devops");
  private static final Set<String> APPROVE = Set.of("ceo", "cfo", "founder", "cto");
  private static final Set<String> READ_ALERTS =
      Set.of("ceo", "cfo", "founder", "cto", "admin", "operator", "analyst", "executive", "devops");
  private static final Set<String> READ_METRICS =
      Set.of("ceo", "cfo", "founder", "cto", "admin", "analyst", "executive");
  private static final Set<String> ALERTS = Set.of("devops");
  private static final Set<String> AUDIT =
      Set.of("ceo", "cfo", "founder", "cto", "admin", "devops");

  /** The path with its id. */
  String path() {
    return path(id);
  }

  /** The path with another id. */
  String path(String other) {
    return template.replaceAll("\\{(id|name|day|key|category|action)}", other);
  }

  boolean hasId() {
    return template.contains("{");
  }

  /** Whether its id is of something that only one person has. */
  boolean isOwn() {
    return hasId() && template.startsWith("/me/");
  }

  /** Whether its address may name what is still to be made. */
  boolean makesWhatItNames() {
    return method.equals("PUT") && template.endsWith("{key}");
  }

  /** Whether it has a body that may not be absent. */
  boolean needsBody() {
    return hasBody()
        && !template.equals("/analytics/snapshots")
        && !template.equals("/admin/payouts/reconciliations")
        && !template.matches("/admin/tasks/\\{id}/.*")
        && !template.equals("/admin/backtests/{id}/cancel")
        && !template.matches("/admin/config/\\{id}/(submit|activate|cancel)");
  }

  boolean hasBody() {
    return !type.isEmpty();
  }

  /** Someone who may use it. */
  String person() {
    return people.isEmpty() ? "analyst" : people.stream().sorted().findFirst().orElseThrow();
  }

  boolean admits(String person) {
    return people.isEmpty() || people.contains(person);
  }

  @Override
  public String toString() {
    return method + " " + template + (type.isEmpty() || type.equals(JSON) ? "" : " " + type);
  }

  static Endpoint read(String template, String id) {
    return new Endpoint("GET", template, id, READ, "automation.operate", "", "");
  }

  static Endpoint write(
      String method, String template, String id, Set<String> people, String right, String body) {
    return new Endpoint(method, template, id, people, right, JSON, body);
  }

  /** Every operation that needs a token, on things that stand. */
  static List<Endpoint> all() {
    Fixtures things = Fixtures.standing();
    List<Endpoint> all = new ArrayList<>();
    all.add(new Endpoint("GET", "/me", "", Set.of(), "", "", ""));
    all.add(new Endpoint("GET", "/me/delegates", "", Set.of(), "", "", ""));
    all.add(write("PUT", "/me/delegates", "", Set.of(), "", "{\"delegates\": []}"));
    all.add(new Endpoint("GET", "/me/inbox", "", Set.of(), "", "", ""));
    all.add(new Endpoint("POST", "/me/inbox/{id}/read", things.message(), Set.of(), "", "", ""));
    for (String list :
        List.of(
            "/admin/people",
            "/admin/workflows",
            "/admin/executions",
            "/admin/approvals",
            "/admin/payouts",
            "/admin/actions",
            "/admin/tasks",
            "/admin/event-types")) {
      all.add(read(list, ""));
    }
    all.add(read("/admin/workflows/{id}", things.draft()));
    all.add(read("/admin/workflows/{id}/versions", things.draft()));
    all.add(read("/admin/workflows/{id}/executions", things.active()));
    all.add(read("/admin/executions/{id}", things.execution()));
    addPayouts(all, things);
    all.add(read("/admin/executions/{id}/stream", things.execution()));
    all.add(read("/admin/executions/bulk/{id}", things.bulk()));
    addTasks(all, things);
    BacktestEndpoints.add(all, things.backtest(), things.draft());
    SafeguardEndpoints.add(all, things.breaker(), things.execution(), things.draft());
    all.add(read("/admin/approvals/{id}", things.approval()));
    for (String list : List.of("/admin/audit", "/admin/audit/export")) {
      all.add(new Endpoint("GET", list, "", AUDIT, "audit.read", "", ""));
    }
    for (String report :
        List.of("/admin/artifacts", "/admin/artifacts/{id}", "/admin/artifacts/{id}/content")) {
      all.add(
          new Endpoint(
              "GET", report, things.artifact(), READ_ALERTS, "automation.operate", "", ""));
    }
    addAlerts(all, things.alert());
    SettingEndpoints.add(all, things.setting(), things.freeze());
    for (String metrics :
        List.of(
            "/analytics/revenue",
            "/analytics/growth",
            "/analytics/transactions",
            "/analytics/dashboard",
            "/analytics/snapshots",
            "/analytics/catalog")) {
      all.add(new Endpoint("GET", metrics, "", READ_METRICS, "analytics.read", "", ""));
    }
    all.add(
        new Endpoint(
            "GET",
            "/analytics/snapshots/{day}",
            Fixtures.SNAPSHOT_DAY,
            READ_METRICS,
            "analytics.read",
            "",
            ""));
    // Who rebuilds sees what came of it.
    Set<String> watchers = new HashSet<>(READ_METRICS);
    watchers.addAll(OPERATE);
    all.add(new Endpoint("GET", "/analytics/verification", "", watchers, "analytics.read", "", ""));
    all.add(write("POST", "/analytics/snapshots", "", READ_METRICS, "analytics.read", "{}"));
    all.add(
        write(
            "POST",
            "/analytics/verification/rebuild",
            "",
            OPERATE,
            "automation.operate",
            "{\"from\": \"2026-02\", \"reason\": \"a difference was found\"}"));
    all.add(
        write(
            "POST",
            "/analytics/custom-query",
            "",
            Set.of("admin", "founder", "analyst"),
            "analytics.query",
            "{\"measures\": [\"gross_volume\"]}"));
    String manage = "automation.manage";
    String operate = "automation.operate";
    String definition = Fixtures.DEFINITION;
    String data = "{\"trigger_data\": {\"payout_id\": \"" + things.payout() + "\"}}";
    all.add(write("POST", "/admin/workflows", "", MANAGE, manage, definition));
    all.add(
        write(
            "PATCH", "/admin/workflows/{id}", things.draft(), MANAGE, manage, "{\"name\": \"N\"}"));
    all.add(
        write("POST", "/admin/workflows/{id}/execute", things.active(), OPERATE, operate, data));
    all.add(write("POST", "/admin/workflows/{id}/dry-run", things.draft(), OPERATE, operate, data));
    all.add(
        write(
            "POST",
            "/admin/workflows/dry-run",
            "",
            OPERATE,
            operate,
            "{\"definition\": " + definition + ", " + data.substring(1)));
    all.add(
        write(
            "POST",
            "/admin/executions/{id}/cancel",
            things.execution(),
            OPERATE,
            operate,
            "{\"reason\": \"not now\"}"));
    all.add(
        write(
            "POST",
            "/admin/executions/bulk",
            "",
            OPERATE,
            operate,
            "{\"action\": \"retry\", \"filter\": {\"status\": \"FAILED\"}, \"reason\": \"mended\"}"));
    for (String word : List.of("approve", "reject")) {
      String why = "{\"comment\": \"not now\"}";
      String approve = "automation.approve";
      all.add(
          write(
              "POST", "/admin/executions/{id}/" + word, things.execution(), APPROVE, approve, why));
      all.add(
          write("POST", "/admin/workflows/{id}/" + word, things.draft(), APPROVE, approve, why));
    }
    String asked = "/admin/approvals/{id}/";
    all.add(
        write(
            "POST",
            asked + "delegate",
            things.approval(),
            APPROVE,
            "automation.approve",
            "{\"to\": \"nobody\", \"reason\": \"a test\"}"));
    all.add(
        new Endpoint(
            "POST", asked + "take-back", things.approval(), APPROVE, "automation.approve", "", ""));
    String event = Fixtures.event(UUID.randomUUID().toString(), things.payout());
    for (String type :
        List.of("application/cloudevents+json", "application/cloudevents-batch+json")) {
      all.add(
          new Endpoint(
              "POST",
              "/events",
              "",
              Set.of("marketplace"),
              "events.publish",
              type,
              type.contains("batch") ? "[" + event + "]" : event));
    }
    return all;
  }

  private static void addPayouts(List<Endpoint> all, Fixtures things) {
    String runs = "/admin/payouts/reconciliations";
    all.add(read("/admin/payouts/{id}", things.payout()));
    all.add(read(runs, ""));
    all.add(read(runs + "/{id}", things.reconciliation()));
    String operate = "automation.operate";
    all.add(write("POST", runs, "", OPERATE, operate, "{\"reason\": \"r\"}"));
    for (String move : List.of("retry", "reverse")) {
      all.add(
          write(
              "POST",
              "/admin/payouts/{id}/" + move,
              things.payout(),
              OPERATE,
              operate,
              "{\"reason\": \"r\"}"));
    }
  }

  private static void addTasks(List<Endpoint> all, Fixtures things) {
    String operate = "automation.operate";
    all.add(read("/admin/tasks/{id}", things.task()));
    all.add(
        write(
            "POST",
            "/admin/tasks",
            "",
            OPERATE,
            operate,
            """
            {"name": "Each night", "workflow_id": "%s", "cron": "0 2 * * *",
             "payload": {"payout_id": "%s"}}
            """
                .formatted(things.active(), things.payout())));
    for (String move : List.of("pause", "resume", "run", "cancel")) {
      all.add(
          write(
              "POST",
              "/admin/tasks/{id}/" + move,
              things.task(),
              OPERATE,
              operate,
              "{\"reason\": \"r\"}"));
    }
  }

  private static void addAlerts(List<Endpoint> all, String alert) {
    String rule = "analytics.calculation_slow";
    Map.of(
            "/admin/alerts",
            "",
            "/admin/alerts/{id}",
            alert,
            "/admin/alert-rules",
            "",
            "/admin/alert-rules/{name}",
            rule)
        .forEach(
            (template, id) ->
                all.add(new Endpoint("GET", template, id, READ_ALERTS, "alerts.manage", "", "")));
    String right = "alerts.manage";
    String until = Instant.now().plus(Duration.ofDays(1)).toString();
    String path = "/admin/alerts/{id}/";
    all.add(write("POST", path + "acknowledge", alert, ALERTS, right, "{\"comment\": \"mine\"}"));
    all.add(
        write(
            "POST",
            path + "silence",
            alert,
            ALERTS,
            right,
            "{\"until\": \"" + until + "\", \"reason\": \"known\"}"));
    all.add(write("POST", path + "resolve", alert, ALERTS, right, "{\"reason\": \"mended\"}"));
    all.add(
        write(
            "PATCH",
            "/admin/alert-rules/{name}",
            rule,
            ALERTS,
            right,
            "{\"severity\": \"medium\"}"));
  }
}
