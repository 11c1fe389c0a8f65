package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.DryRun.Outcome;
import com.freelync.control.automation.DryRun.PlannedStep;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The automations of the specification, as they stand there")
class SpecAutomationsTest {
  private static final Map<String, Object> DAILY_REVENUE =
      Map.of(
          "name",
          "daily revenue report",
          "trigger",
          "cron: 0 8 * * *",
          "actions",
          List.of("calculate_metrics", "generate_report", "send_notification"));

  private static final Map<String, Object> DOCUMENT_EXPIRY =
      Map.of(
          "name",
          "document expiry checker",
          "trigger",
          "cron: 0 0 * * *",
          "actions",
          List.of(
              "query_expiring_documents", "send_expiry_notifications", "update_expired_status"));

  private static final Map<String, Object> LOW_RISK =
      Map.of(
          "name",
          "auto-approve low-risk payouts",
          "trigger",
          "event: payout.requested",
          "conditions",
          List.of(
              Map.of("field", "amount", "operator", "lte", "value", 5000),
              Map.of("field", "seller.verified", "operator", "eq", "value", true),
              Map.of("field", "seller.trust_score", "operator", "gte", "value", 8)),
          "actions",
          List.of("approve_payout"));

  private static ActionFixture fixture;
  private static DryRuns dryRuns;

  @BeforeAll
  static void open() {
    fixture = new ActionFixture();
    dryRuns =
        new DryRuns(fixture.database.as("control_dryrun"), fixture.api.catalog, Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static Automation create(Map<String, Object> document) {
    return fixture.api.automations.create(
        UUID.randomUUID(), document, new Actor("admin", "request-1"));
  }

  @Test
  @DisplayName("AU-1 AU-5: are taken in the short form, with names of actions alone")
  void areTaken() {
    for (Map<String, Object> document : List.of(DAILY_REVENUE, DOCUMENT_EXPIRY, LOW_RISK)) {
      assertThat(create(document).name()).isEqualTo(document.get("name"));
    }
  }

  @Test
  @DisplayName("AU-7: are dry-run, each step of them, by the role that cannot write")
  void areDryRun() {
    UUID payout = fixture.marketplace.payout(fixture.marketplace.goodSeller(), "4200.00");
    DryRun revenue = dryRuns.ofDocument(DAILY_REVENUE, Map.of());
    DryRun expiry = dryRuns.ofDocument(DOCUMENT_EXPIRY, Map.of());
    DryRun payouts = dryRuns.ofDocument(LOW_RISK, Map.of("payout_id", payout.toString()));
    for (DryRun run : List.of(revenue, expiry, payouts)) {
      assertThat(run.steps())
          .extracting(PlannedStep::outcome)
          .as("%s", run)
          .containsOnly(Outcome.WOULD_RUN);
    }
    assertThat(revenue.steps()).hasSize(3);
    assertThat(revenue.impact().messages()).as("report and message to ADMIN").isPositive();
    assertThat(revenue.impact().entities())
        .extracting(Action.EntityRef::type)
        .containsExactlyInAnyOrder("metrics", "report");
    assertThat(expiry.steps()).hasSize(3);
  }

  @Test
  @DisplayName("AU-5: an action whose capability is still to come is listed, and never active")
  void waitsForItsCapability() {
    for (Map<String, Object> step :
        List.of(
            Map.<String, Object>of(
                "action",
                "set_feature_flag",
                "with",
                Map.of("key", "new_search", "status", "DISABLED")),
            Map.<String, Object>of(
                "action",
                "enter_maintenance",
                "with",
                Map.of("type", "READ_ONLY", "message", "Back soon")))) {
      Map<String, Object> draft =
          Map.of("name", "later", "trigger", "manual", "steps", List.of(step));
      assertThat(create(draft).status()).isEqualTo("DRAFT");
      Map<String, Object> active = new LinkedHashMap<>(draft);
      active.put("status", "ACTIVE");
      assertThatThrownBy(() -> create(active))
          .isInstanceOfSatisfying(
              RequestRefused.Invalid.class,
              refused ->
                  assertThat(refused.errors())
                      .singleElement()
                      .satisfies(
                          error -> {
                            assertThat(error.field()).isEqualTo("/steps/0");
                            assertThat(error.code()).isEqualTo("not_runnable");
                            assertThat(error.message()).contains("does not have yet");
                          }));
      assertThat(dryRuns.ofDocument(draft, Map.of()).steps())
          .singleElement()
          .satisfies(planned -> assertThat(planned.outcome()).isEqualTo(Outcome.WOULD_FAIL));
    }
  }

  @Test
  @DisplayName("AU-5: later steps may refer to what the earlier ones give")
  void refersToOutputs() {
    Map<String, Object> document =
        Map.of(
            "name",
            "told",
            "trigger",
            "manual",
            "steps",
            List.of(
                Map.of("action", "calculate_metrics", "id", "metrics"),
                Map.of(
                    "action", "generate_report", "id", "report", "with", Map.of("format", "CSV")),
                Map.of(
                    "action",
                    "send_notification",
                    "with",
                    Map.of(
                        "to",
                        "finance",
                        "subject",
                        "${steps.metrics.platform_revenue} ETB",
                        "text",
                        "${steps.report.link}"))));
    DryRun run = dryRuns.ofDocument(document, Map.of());
    assertThat(run.steps()).extracting(PlannedStep::outcome).containsOnly(Outcome.WOULD_RUN);
    assertThat(run.steps().get(2).input()).containsEntry("subject", "0.00 ETB");
    assertThat(run.steps().get(2).input().get("text").toString())
        .matches("/admin/artifacts/[0-9a-f-]{36}/content");
  }
}
