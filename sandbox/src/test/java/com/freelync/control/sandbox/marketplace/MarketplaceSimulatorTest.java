package com.freelync.control.sandbox.marketplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.sandbox.http.Answer;
import com.freelync.control.sandbox.http.Json;
import com.freelync.control.sandbox.http.JsonServer;
import com.freelync.control.sandbox.http.Problem;
import com.freelync.control.sandbox.http.TestClient;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The marketplace simulator")
class MarketplaceSimulatorTest {
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();

  /** How often the API fails before it takes events. */
  private volatile int refusals;

  private JsonServer api;
  private HikariDataSource database;
  private MarketplaceSimulator marketplace;
  private TestClient client;

  @BeforeEach
  void start() {
    String name = "marketplace_" + UUID.randomUUID().toString().replace("-", "");
    TestMarketplace.create(name);
    database = TestMarketplace.pool(name, "marketplace_app");
    api =
        new JsonServer.Builder()
            .on(
                "POST /events",
                request -> {
                  if (refusals > 0) {
                    refusals--;
                    throw Problem.of(503, "unavailable", "Away");
                  }
                  tokens.add(request.header("Authorization").orElse(""));
                  Json.read(request.body()).forEach(events::add);
                  return Answer.json(202, Map.of());
                })
            .start(0);
    marketplace = MarketplaceSimulator.start(database, api::address, () -> "token", 0);
    client = new TestClient(marketplace.address());
  }

  @AfterEach
  void stop() {
    marketplace.close();
    api.close();
    database.close();
  }

  @Test
  @DisplayName("AU-14: a payout's event reaches POST /events as a CloudEvent")
  void aPayoutsEventArrives() throws Exception {
    String seller = seller();
    String payout = payout(seller, "4200");
    await().until(() -> events.size() == 1);
    JsonNode event = events.getFirst();
    assertThat(event.get("specversion").asText()).isEqualTo("1.0");
    assertThat(event.get("source").asText()).isEqualTo("/marketplace");
    assertThat(event.get("type").asText()).isEqualTo("payout.requested");
    assertThat(event.get("subject").asText()).isEqualTo(payout);
    assertThat(event.get("data").toString()).isEqualTo("{\"payout_id\":\"" + payout + "\"}");
    assertThat(tokens).containsExactly("Bearer token");
    assertThat(client.get("/payouts/" + payout).body().toString())
        .contains("\"amount\":4200.00", "\"status\":\"REQUESTED\"", seller);
    await().untilAsserted(() -> assertThat(count("outbox")).isZero());
  }

  @Test
  @DisplayName("AU-14: no event is lost while the control center is away, and order is kept")
  void eventsWaitWhileTheApiIsAway() {
    refusals = 3;
    String seller = seller();
    List<String> payouts = List.of(payout(seller, "1"), payout(seller, "2"), payout(seller, "3"));
    await().until(() -> events.size() >= 3);
    assertThat(events.stream().map(event -> event.get("subject").asText()))
        .containsExactlyElementsOf(payouts);
  }

  @Test
  void trafficRunsAtItsRateUntilItIsTurnedOff() throws Exception {
    assertThat(client.post("/traffic", "{\"events_per_second\": 50, \"dispute_rate\": 1}").status())
        .isEqualTo(200);
    await().until(() -> events.size() >= 30);
    client.post("/traffic", "{\"events_per_second\": 0}");
    await().until(() -> count("outbox") == 0);
    assertThat(count("payouts")).isEqualTo(count("transactions")).isGreaterThanOrEqualTo(30);
    assertThat(count("payment_attempts")).isGreaterThanOrEqualTo(count("transactions"));
    assertThat(count("inquiries")).isGreaterThanOrEqualTo(count("transactions"));
    assertThat(count("disputes")).isPositive();
    Set<String> ids = new TreeSet<>();
    events.forEach(event -> ids.add(event.get("id").asText()));
    assertThat(ids).hasSize(events.size());
  }

  @ParameterizedTest
  @DisplayName("SE-4: bad input is a 4xx that names the field")
  @CsvSource(
      delimiter = '|',
      value = {
        "/sellers | {\"verified\": true} | /trust_score",
        "/sellers | {\"verified\": true, \"trust_score\": 11} | /trust_score",
        "/sellers | {\"verified\": 1, \"trust_score\": 1} | /verified",
        "/sellers | {\"verified\": true, \"trust_score\": 1, \"x\": 1} | /x",
        "/payouts | {\"seller_id\": \"0\", \"amount\": 1} | /seller_id",
        "/payouts | {\"seller_id\": \"00000000-0000-4000-8000-000000000009\", \"amount\": 1} | /seller_id",
        "/payouts | {\"seller_id\": \"00000000-0000-4000-8000-000000000009\", \"amount\": 0} | /amount",
        "/traffic | {\"events_per_second\": -1} | /events_per_second",
      })
  void badInputIsRefused(String path, String body, String field) {
    var reply = client.post(path, body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body().get("errors").get(0).get("field").asText()).isEqualTo(field);
  }

  @Test
  void whatIsNotThereIs404AndAWrongMethod405() {
    assertThat(client.get("/payouts/x%2fy%00").status()).isEqualTo(404);
    assertThat(client.get("/payouts/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(client.get("/nothing").status()).isEqualTo(404);
    assertThat(client.get("/sellers").status()).isEqualTo(405);
    assertThat(client.post("/sellers", " ".repeat(2_000_000)).status()).isEqualTo(413);
  }

  private String seller() {
    return id(client.post("/sellers", "{\"verified\": true, \"trust_score\": 9}"));
  }

  private String payout(String seller, String amount) {
    return id(
        client.post(
            "/payouts", "{\"seller_id\": \"%s\", \"amount\": %s}".formatted(seller, amount)));
  }

  private static String id(TestClient.Reply reply) {
    assertThat(reply.status()).isEqualTo(201);
    return reply.body().get("id").asText();
  }

  private long count(String table) throws Exception {
    try (Connection connection = database.getConnection();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery("SELECT count(*) FROM marketplace." + table)) {
      row.next();
      return row.getLong(1);
    }
  }
}
