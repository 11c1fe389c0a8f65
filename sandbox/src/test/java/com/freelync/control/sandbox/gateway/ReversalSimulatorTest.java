package com.freelync.control.sandbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.sandbox.http.TestClient;
import com.freelync.control.sandbox.marketplace.TestMarketplace;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("PO-3: the payment gateway simulator takes money back, and shows its book")
class ReversalSimulatorTest {
  private static final String KEY = "test-key";

  private static HikariDataSource database;
  private static GatewaySimulator gateway;
  private static TestClient client;

  private final String payout = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    TestMarketplace.postgres().createDatabase("reversal_test", null);
    database = TestMarketplace.pool("reversal_test", "gateway");
    database.getHikariConfigMXBean().setMaximumPoolSize(1);
    gateway = GatewaySimulator.start(database, 0, KEY);
    client = new TestClient(gateway.address());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    database.close();
  }

  @BeforeEach
  void withoutFaults() {
    client.send("DELETE", "/faults", "");
  }

  private String paid() {
    return post(
            "/disbursements",
            "a-" + UUID.randomUUID(),
            "{\"payout_id\": \"%s\", \"amount\": 10.00, \"currency\": \"ETB\", \"recipient\": \"%s\"}"
                .formatted(payout, payout))
        .body()
        .get("id")
        .asText();
  }

  private static TestClient.Reply post(String path, String key, String body) {
    return client.post(path, body, "Idempotency-Key", key, "Authorization", "Bearer " + KEY);
  }

  private static TestClient.Reply reverse(String disbursement, String key, String amount) {
    return post(
        "/reversals",
        key,
        "{\"disbursement\": \"%s\", \"amount\": %s, \"currency\": \"ETB\"}"
            .formatted(disbursement, amount));
  }

  @Test
  void theSameKeyTakesBackOnceAndAnotherIsRefusedForEver() {
    String disbursement = paid();
    var first = reverse(disbursement, "r-" + payout, "10.00");
    var again = reverse(disbursement, "r-" + payout, "10.0");
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(first.body().toString()).contains("\"status\":\"REVERSED\"", disbursement);
    for (int i = 0; i < 2; i++) {
      var other = reverse(disbursement, "s-" + payout, "10.00");
      assertThat(other.status()).isEqualTo(422);
      assertThat(other.body().get("reason").asText()).isEqualTo("It was taken back already");
    }
    assertThat(client.get("/reversals?idempotency_key=r-" + payout).body().get("items")).hasSize(1);
  }

  @Test
  void manyKeysAtOnceTakeBackOnce() throws Exception {
    String disbursement = paid();
    try (var executor = Executors.newFixedThreadPool(8)) {
      List<Callable<TestClient.Reply>> calls =
          IntStream.range(0, 24)
              .<Callable<TestClient.Reply>>mapToObj(
                  i -> () -> reverse(disbursement, "t" + i % 6 + payout, "10.00"))
              .toList();
      int reversed = 0;
      for (Future<TestClient.Reply> reply : executor.invokeAll(calls)) {
        assertThat(reply.get().status()).isIn(200, 201, 422);
        reversed += reply.get().status() == 201 ? 1 : 0;
      }
      assertThat(reversed).isEqualTo(1);
    }
  }

  @Test
  void faultsGoWrongAsThoseOfPaymentsDo() {
    String disbursement = paid();
    fault("error");
    assertThat(reverse(disbursement, "u-" + payout, "10.00").status()).isEqualTo(503);
    fault("refuse");
    assertThat(reverse(disbursement, "v-" + payout, "10.00").status()).isEqualTo(422);
    fault("duplicate");
    var duplicate = reverse(disbursement, "w-" + payout, "10.00");
    assertThat(duplicate.status()).isEqualTo(409);
    assertThat(duplicate.body().get("reversal").get("status").asText()).isEqualTo("REVERSED");
  }

  private static void fault(String mode) {
    assertThat(client.post("/faults", "{\"mode\": \"" + mode + "\"}").status()).isEqualTo(200);
  }

  @Test
  void whatWasNotPaidIsNotTakenBack() {
    assertThat(reverse("dsb_none", "x-" + payout, "10.00").status()).isEqualTo(422);
    assertThat(reverse(paid(), "x-" + payout, "10.01").status()).isEqualTo(422);
    assertThat(
            client
                .post("/reversals", "{}", "Idempotency-Key", "k", "Authorization", "Bearer no")
                .status())
        .isEqualTo(401);
  }

  @Test
  void theBookIsReadPageByPageWithoutAGap() {
    List<String> written = new ArrayList<>(IntStream.range(0, 5).mapToObj(i -> paid()).toList());
    written.add(reverse(written.getFirst(), "y-" + payout, "10.00").body().get("id").asText());
    List<String> read = new ArrayList<>();
    String path = "/book/entries?from=2020-01-01T00:00:00Z&to=2200-01-01T00:00:00Z&limit=2";
    for (String after = ""; after != null; ) {
      JsonNode page = client.get(path + after).body();
      assertThat(page.get("items").size()).isLessThanOrEqualTo(2);
      read.addAll(page.get("items").findValuesAsText("id"));
      after = page.has("next") ? "&after=" + page.get("next").asText() : null;
    }
    assertThat(read).containsSubsequence(written).doesNotHaveDuplicates();
    JsonNode ofKey = client.get("/book/entries?idempotency_key=y-" + payout).body().get("items");
    assertThat(ofKey).hasSize(1);
    assertThat(ofKey.get(0).get("kind").asText()).isEqualTo("REVERSAL");
  }

  @ParameterizedTest
  @DisplayName("SE-4: a page that does not exist is malformed")
  @ValueSource(
      strings = {
        "",
        "?from=x&to=y",
        "?from=2020-01-01T00:00:00Z",
        "?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z&limit=0",
        "?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z&limit=501",
        "?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z&after=x",
        "?from=2020-01-01T00:00:00Z&to=%2B1000000000-01-01T00:00:00Z"
      })
  void badPagesAreRefused(String query) {
    assertThat(client.get("/book/entries" + query).status()).isEqualTo(400);
    assertThat(client.get("/reversals").status()).isEqualTo(400);
  }
}
