package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.ControlCenter;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardApiTest {
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final TestApi api = TestApi.running();

  private Answer get(String path) {
    return api.as("executive", "GET", path).send();
  }

  private Answer csv(String path) {
    return api.as("executive", "GET", path).header("Accept", "text/csv").send();
  }

  @Test
  @DisplayName("AN-8: one call has metrics, breakdowns, snapshot, automations, levels, provenance")
  void dashboard() {
    api.as("admin", "POST", "/analytics/snapshots").json("{}").send();
    JsonNode board = get("/analytics/dashboard").json();
    assertThat(board.path("metrics")).hasSize(19);
    assertThat(board.at("/metrics/platform_revenue").fieldNames())
        .toIterable()
        .containsExactly("value", "previous", "difference", "percent");
    assertThat(board.path("breakdowns").fieldNames())
        .toIterable()
        .containsExactly("category", "region", "user_type");
    assertThat(board.at("/latest_snapshot/day").asText()).isNotBlank();
    assertThat(board.at("/automation/active").isIntegralNumber()).isTrue();
    assertThat(board.at("/pending_approvals/count").isIntegralNumber()).isTrue();
    assertThat(board.path("service_levels").findValuesAsText("name"))
        .containsExactlyInAnyOrder(
            "metric_calculation", "approval", "workflow_success", "automation_run");
    assertThat(board.at("/provenance/as_of").asText()).isNotBlank();
  }

  @Test
  @DisplayName("AN-6 AN-8: the dashboard and the questions of the same time cannot disagree")
  void agrees() {
    String time = "?from=2026-02-01&to=2026-03-01";
    JsonNode board = get("/analytics/dashboard" + time).json();
    JsonNode totals = get("/analytics/revenue" + time).json();
    totals
        .path("totals")
        .properties()
        .forEach(
            total ->
                assertThat(board.at("/metrics/" + total.getKey() + "/value"))
                    .isEqualTo(total.getValue()));
    assertThat(board.at("/previous/from").asText()).isEqualTo("2026-01-01");
  }

  @ParameterizedTest(name = "AN-8: {0} is refused, and {1} is named")
  @CsvSource({
    "/analytics/dashboard?from=2026-03-01&to=2026-02-01, from",
    "/analytics/dashboard?from=1526-03-01&to=2026-02-01, from",
    "/analytics/dashboard?grain=DAILY, grain",
    "/analytics/snapshots?from=2026-02-01T00:00:00Z, from",
    "/analytics/snapshots?from=2020-02-01&to=2026-02-01, from"
  })
  void wrong(String path, String field) {
    Answer answer = get(path);
    assertProblem(answer, 400);
    assertThat(answer.json().path("errors").findValuesAsText("field")).contains(field);
  }

  @Test
  @DisplayName(
      "AN-7: a snapshot is taken without a body, of a day by name, and never of one to come")
  void snapshots() {
    Answer today = api.as("executive", "POST", "/analytics/snapshots").send();
    assertThat(today.status()).as("%s", today).isIn(200, 201);
    String day = "{\"day\": \"2026-01-05\"}";
    Answer first = api.as("executive", "POST", "/analytics/snapshots").json(day).send();
    Answer again = api.as("cfo", "POST", "/analytics/snapshots").json(day).send();
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("/id")).isEqualTo(first.text("/id"));
    assertThat(first.json().path("complete").asBoolean()).isTrue();
    assertThat(get("/analytics/snapshots/2026-01-05").json().path("revisions")).hasSize(1);
    assertThat(
            get("/analytics/snapshots?from=2026-01-05&to=2026-01-06")
                .json()
                .path("items")
                .findValuesAsText("day"))
        .containsExactly("2026-01-05");
    assertProblem(get("/analytics/snapshots/2019-01-05"), 404);
    assertProblem(get("/analytics/snapshots/yesterday"), 404);
    for (String wrong :
        List.of(
            "{\"day\": \"2999-01-01\"}",
            "{\"day\": \"2026-1-5\"}",
            "{\"day\": \"1999-01-05\"}",
            "{\"day\": \"9999999-01-05\"}")) {
      Answer refused = api.as("executive", "POST", "/analytics/snapshots").json(wrong).send();
      assertProblem(refused, 422);
      assertThat(refused.json().path("errors").findValuesAsText("field")).containsExactly("/day");
    }
  }

  @Test
  @DisplayName("AN-10: every answer is a table too, with where it comes from")
  void tables() {
    String time = "?from=2026-02-01&to=2026-03-01";
    Answer series = csv("/analytics/revenue" + time + "&grain=DAILY");
    assertThat(series.status()).as("%s", series).isEqualTo(200);
    assertThat(series.header("Content-Type").orElseThrow()).startsWith("text/csv");
    List<String> lines = List.of(series.body().split("\r\n"));
    assertThat(lines).hasSize(29);
    assertThat(lines.getFirst())
        .isEqualTo(
            "start,platform_revenue,processor_fees,net_revenue,gross_volume,transaction_count,payout_volume,payout_count");
    assertThat(lines.get(1)).startsWith("2026-02-01,0.00,");
    assertThat(series.header("Analytics-As-Of")).isPresent();
    assertThat(series.header("Content-Disposition").orElseThrow()).contains("revenue.csv");
    assertThat(csv("/analytics/growth" + time).body().split("\r\n")).hasSize(2);
    assertThat(csv("/analytics/dashboard" + time).body().split("\r\n")).hasSize(20);
    api.as("executive", "POST", "/analytics/snapshots").send();
    List<String> days = csv("/analytics/snapshots").body().lines().toList();
    assertThat(days.getFirst())
        .startsWith("day,revision,complete,taken_at")
        .endsWith("source,as_of,verified_at,verified");
    assertThat(days.get(1))
        .matches(".*,(rollup|mixed|source),2[0-9:.TZ-]+,[0-9:.TZ-]*,(true|false)");
    Answer workbook =
        api.as("executive", "GET", "/analytics/revenue" + time).header("Accept", XLSX).send();
    assertThat(workbook.status()).isEqualTo(200);
    assertThat(workbook.body()).startsWith("PK");
    Answer refused = csv("/analytics/revenue?from=never");
    assertProblem(refused, 400);
    Answer unknown =
        api.as("executive", "GET", "/analytics/revenue").header("Accept", "image/png").send();
    assertProblem(unknown, 406);
  }

  @Test
  @DisplayName(
      "AN-10: a region that is a formula is no formula in a spreadsheet, and nothing is cut")
  void formulas() {
    api.marketplace.listing(api.marketplace.goodSeller(), "=HYPERLINK(\"http://x\",\"y\")");
    Answer asked =
        api.as("analyst", "POST", "/analytics/custom-query")
            .header("Accept", "text/csv")
            .json("{\"measures\": [\"new_listings\"], \"dimensions\": [\"region\"]}")
            .send();
    assertThat(asked.status()).as("%s", asked).isEqualTo(200);
    assertThat(asked.body()).contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",1");
    assertThat(asked.header("Analytics-Truncated")).contains("false");
    Answer cut =
        api.as("analyst", "POST", "/analytics/custom-query")
            .header("Accept", "text/csv")
            .json(
                "{\"measures\": [\"new_users\"], \"limit\": 1, \"time_dimension\": {\"name\": \"created_at\","
                    + " \"from\": \"2020-01-01\", \"to\": \"2030-01-01\", \"grain\": \"MONTHLY\"}}")
            .send();
    assertThat(cut.body().split("\r\n").length).isLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("AN-10 SE-7: a table that is given again still says where it comes from")
  void repeated() {
    Call call =
        api.as("analyst", "POST", "/analytics/custom-query")
            .header("Accept", "text/csv")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .json("{\"measures\": [\"new_users\"]}");
    Answer first = call.send();
    Answer again = call.send();
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(again.body()).isEqualTo(first.body());
    for (String name : List.of("Analytics-As-Of", "Analytics-Source", "Analytics-Truncated")) {
      assertThat(again.header(name)).as(name).isPresent().isEqualTo(first.header(name));
    }
  }

  @Test
  @DisplayName("AN-6: operators see how far metrics are proved, and owe Temporal a rebuild")
  void rebuild() {
    Answer started =
        api.as("devops", "POST", "/analytics/verification/rebuild")
            .json("{\"from\": \"2026-02\", \"until\": \"2026-04\", \"reason\": \"a difference\"}")
            .send();
    assertThat(started.status()).as("%s", started).isEqualTo(202);
    assertThat(started.text("/links/temporal_ui")).contains("analytics-rebuild");
    ControlCenter control = new ControlCenter(api.database.as("control_api"), Clock.systemUTC());
    assertThat(control.audit.actionsOn(started.text("/id"))).containsExactly("analytics.rebuild");
    for (String wrong :
        List.of(
            "{\"from\": \"2026-02\", \"until\": \"2026-02\", \"reason\": \"x\"}",
            "{\"from\": \"2026-02-01\", \"reason\": \"x\"}",
            "{\"from\": \"1026-02\", \"until\": \"2026-02\", \"reason\": \"x\"}",
            "{\"from\": \"2026-02\", \"reason\": \" \"}")) {
      assertProblem(
          api.as("devops", "POST", "/analytics/verification/rebuild").json(wrong).send(), 422);
    }
    assertThat(get("/analytics/verification").json().path("doubted").isArray()).isTrue();
  }
}
