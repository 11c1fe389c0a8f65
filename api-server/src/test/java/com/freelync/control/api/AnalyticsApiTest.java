package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyticsApiTest {
  private final TestApi api = TestApi.running();

  private Answer get(String path) {
    return api.as("executive", "GET", path).send();
  }

  private Answer ask(String query) {
    return api.as("analyst", "POST", "/analytics/custom-query").json(query).send();
  }

  private static List<String> fields(Answer answer, int status) {
    assertProblem(answer, status);
    return answer.json().path("errors").findValuesAsText("field");
  }

  @Test
  @DisplayName("AN-1 AN-5: revenue has totals, what it is compared with, and its provenance")
  void revenue() {
    Answer answer =
        get(
            "/analytics/revenue?from=2026-02-01&to=2026-03-01&grain=DAILY&group_by=category,region");
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.text("/time_zone")).isEqualTo("Africa/Addis_Ababa");
    assertThat(answer.text("/previous/from")).isEqualTo("2026-01-01");
    assertThat(answer.text("/previous/to")).isEqualTo("2026-02-01");
    JsonNode body = answer.json();
    assertThat(body.path("series")).hasSize(28);
    assertThat(body.at("/series/0/start").asText()).isEqualTo("2026-02-01");
    assertThat(answer.body()).contains("\"platform_revenue\":0.00");
    assertThat(body.at("/change/platform_revenue/percent").isNull()).isTrue();
    assertThat(body.at("/provenance/as_of").asText()).isNotBlank();
  }

  @Test
  @DisplayName("AN-2 AN-3: growth and transactions answer with their metrics; no time is 30 days")
  void growthAndTransactions() {
    assertThat(get("/analytics/growth").json().path("totals").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "new_users",
            "active_users",
            "verified_users",
            "new_listings",
            "active_listings",
            "sold_listings");
    JsonNode transactions = get("/analytics/transactions?compare=none").json();
    assertThat(transactions.at("/totals/dispute_rate").isNull()).isTrue();
    assertThat(transactions.has("previous")).isFalse();
  }

  @Test
  @DisplayName("AN-9: the catalog names every measure with its meaning and dimensions")
  void catalog() {
    JsonNode catalog = get("/analytics/catalog").json();
    assertThat(catalog.path("measures")).hasSize(19);
    assertThat(catalog.path("dimensions")).hasSize(3);
  }

  @ParameterizedTest(name = "AN-9: {0} is refused, and {1} is named")
  @DisplayName("AN-9: wrong parameters")
  @CsvSource({
    "from=2026-03-01&to=2026-02-01, from",
    "from=2026-02-01&to=2026-02-01, from",
    "from=1500-01-01&to=2026-02-01, to",
    "from=2020-01-01&to=2026-02-01&grain=HOURLY, to",
    "from=yesterday, from",
    "from=0001-01-01&to=0002-01-01, from",
    "from=2026-01-01&to=9999-12-31, to",
    "group_by=region;region;region;region, group_by",
    "from=2024-01-01&to=2025-02-01&grain=HOURLY&group_by=category;region, grain",
    "to=2026-02-30, to",
    "grain=MINUTELY, grain",
    "group_by=catgory, group_by",
    "group_by=user_type, group_by",
    "group_by=region%27;DROP TABLE x, group_by",
    "compare=last, compare"
  })
  void wrongParameters(String query, String field) {
    assertThat(
            fields(get("/analytics/revenue?" + query.replace(" ", "%20").replace(';', ',')), 400))
        .contains(field);
  }

  @Test
  @DisplayName("AN-9: a question of one's own is answered as a table")
  void customQuery() {
    Answer answer =
        ask(
            """
            {"measures": ["platform_revenue", "dispute_rate"], "dimensions": ["region"],
             "time_dimension": {"name": "created_at", "from": "2026-01-01", "to": "2026-02-01", "grain": "WEEKLY"},
             "filters": [{"member": "category", "operator": "equals", "values": ["vehicle"]}],
             "order": [["platform_revenue", "desc"]], "limit": 100}
            """);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.json().path("columns").findValuesAsText("name"))
        .containsExactly("created_at", "region", "platform_revenue", "dispute_rate");
    assertThat(answer.json().path("truncated").asBoolean()).isFalse();
  }

  @Test
  @DisplayName(
      "AN-9: everything that is wrong with a question is said at once, with the nearest name")
  void wrongQuestion() {
    Answer answer =
        ask(
            """
            {"measures": ["platform_revenu", "new_users"], "dimensions": ["category", "full_name"],
             "time_dimension": {"name": "updated_at", "from": "2026-02-01", "to": "2026-01-01", "grain": "SECOND"},
             "filters": [{"member": "region", "operator": "like", "values": []}],
             "order": [["email", "sideways"]], "limit": 1000000000}
            """);
    assertThat(fields(answer, 422))
        .contains(
            "/measures/0",
            "/dimensions/0",
            "/dimensions/1",
            "/time_dimension/name",
            "/time_dimension/from",
            "/time_dimension/grain",
            "/filters/0/operator",
            "/filters/0/values",
            "/order/0",
            "/limit");
    assertThat(answer.body()).contains("did you mean platform_revenue?");
  }

  @ParameterizedTest(name = "AN-9: {0} is refused at {1}")
  @DisplayName("AN-9: gaps in lists")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'measures': [null]} | /measures/0",
        "{'measures': ['net_revenue'], 'dimensions': [null]} | /dimensions/0",
        "{'measures': ['net_revenue'], 'order': [null]} | /order/0",
        "{'measures': ['net_revenue'], 'order': [[null, 'asc']]} | /order/0/0",
        "{'measures': ['net_revenue'], 'filters': [null]} | /filters/0",
        "{'measures': ['net_revenue'], 'filters': [{'member': 'region', 'operator': 'equals', 'values': [null]}]} | /filters/0/values/0"
      },
      quoteCharacter = '~')
  void gapsInLists(String query, String field) {
    assertThat(fields(ask(query.replace('\'', '"')), 422)).containsExactly(field);
  }

  @Test
  @DisplayName("AN-9: a list of many thousands is refused as one, not item by item")
  void longLists() {
    String measures = "\"x\", ".repeat(50_000) + "\"x\"";
    assertThat(fields(ask("{\"measures\": [" + measures + "]}"), 422)).containsExactly("/measures");
  }

  @Test
  @DisplayName("AN-9: what is written into values stays a value")
  void injection() {
    Answer answer =
        ask(
            """
            {"measures": ["gross_volume"],
             "filters": [{"member": "region", "operator": "not_equals",
                          "values": ["x') OR true; DROP TABLE control.market_day; --"]}]}
            """);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(get("/analytics/revenue").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("AN-9: active users by the hour are bounded, for they are counted row by row")
  void costIsBounded() {
    assertThat(
            fields(
                ask(
                    """
                    {"measures": ["active_users"], "time_dimension":
                     {"name": "created_at", "from": "2026-01-01", "to": "2026-06-01", "grain": "HOURLY"}}
                    """),
                422))
        .containsExactly("/time_dimension/grain");
  }

  @Test
  @DisplayName("SE-1: reading needs analytics.read, and asking analytics.query")
  void permissions() {
    assertProblem(api.as("operator", "GET", "/analytics/revenue").send(), 403);
    assertProblem(
        api.as("executive", "POST", "/analytics/custom-query")
            .json("{\"measures\": [\"gross_volume\"]}")
            .send(),
        403);
  }
}
