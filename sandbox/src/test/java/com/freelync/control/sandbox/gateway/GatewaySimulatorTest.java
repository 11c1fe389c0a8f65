package com.freelync.control.sandbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.sandbox.http.TestClient;
import com.freelync.control.sandbox.marketplace.TestMarketplace;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("PO-3: the payment gateway simulator")
class GatewaySimulatorTest {
  private static final String KEY = "test-key";

  private static HikariDataSource database;
  private static GatewaySimulator gateway;
  private static TestClient client;

  private final String payout = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    TestMarketplace.postgres().createDatabase("gateway_test", null);
    database = TestMarketplace.pool("gateway_test", "gateway");
    // One connection: a call that needed a second one while it holds the first would never end.
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

  @Test
  void theSameKeyAndBodyPaysOnce() {
    var first = disburse("a-" + payout, "4200.00");
    var again = disburse("a-" + payout, "4200.0");
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(first.body().toString())
        .contains("\"amount\":4200.00", "\"status\":\"PAID\"", "\"currency\":\"ETB\"");
    assertThat(items("payout_id=" + payout)).isEqualTo(1);
    assertThat(items("idempotency_key=a-" + payout)).isEqualTo(1);
  }

  @Test
  void theSameKeyAtOnceOverManyConnectionsPaysOnce() throws Exception {
    try (var executor = Executors.newFixedThreadPool(8)) {
      Callable<TestClient.Reply> call = () -> disburse("b-" + payout, "10.00");
      for (Future<TestClient.Reply> reply : executor.invokeAll(Collections.nCopies(40, call))) {
        assertThat(reply.get().status()).isIn(200, 201);
      }
    }
    assertThat(items("payout_id=" + payout)).isEqualTo(1);
  }

  @Test
  void aKeyWithAnotherBodyIsRefused() {
    disburse("c-" + payout, "10.00");
    var other = disburse("c-" + payout, "11.00");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.type()).isEqualTo("application/problem+json");
  }

  @Test
  void aRefusalIsForEverButANewKeyMaySucceed() {
    fault("refuse", 1);
    var refused = disburse("d-" + payout, "10.00");
    var again = disburse("d-" + payout, "10.00");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().get("status").asText()).isEqualTo("REFUSED");
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.body()).isEqualTo(refused.body());
    assertThat(disburse("e-" + payout, "10.00").status()).isEqualTo(201);
  }

  @Test
  void anErrorBooksNothing() {
    fault("error", 2);
    assertThat(disburse("f-" + payout, "10.00").status()).isEqualTo(503);
    assertThat(disburse("f-" + payout, "10.00").status()).isEqualTo(503);
    assertThat(items("payout_id=" + payout)).isZero();
    assertThat(disburse("f-" + payout, "10.00").status()).isEqualTo(201);
  }

  @Test
  void aDuplicateAnswerCarriesThePaidDocument() {
    fault("duplicate", 1);
    var duplicate = disburse("g-" + payout, "10.00");
    assertThat(duplicate.status()).isEqualTo(409);
    assertThat(duplicate.body().get("title").asText()).isEqualTo("duplicate");
    assertThat(duplicate.body().get("disbursement").get("status").asText()).isEqualTo("PAID");
    assertThat(items("payout_id=" + payout)).isEqualTo(1);
  }

  @Test
  void aTimeoutAfterSuccessPaysAndNeverAnswers() {
    fault("timeout_after_success", 1);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.address() + "/disbursements"))
            .timeout(Duration.ofMillis(500))
            .headers("Idempotency-Key", "h-" + payout, "Authorization", "Bearer " + KEY)
            .POST(HttpRequest.BodyPublishers.ofString(body("10.00")))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThatThrownBy(() -> http.send(request, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
    }
    assertThat(items("idempotency_key=h-" + payout)).isEqualTo(1);
  }

  @Test
  void theBookOutlivesTheProcess() {
    disburse("i-" + payout, "10.00");
    var before = client.get("/book").body();
    try (var second = GatewaySimulator.start(database, 0, KEY)) {
      assertThat(new TestClient(second.address()).get("/book").body()).isEqualTo(before);
    }
  }

  @Test
  void faultsAreTakenInOrderAndShown() {
    fault("error", 1);
    fault("refuse", 3);
    assertThat(disburse("j-" + payout, "10.00").status()).isEqualTo(503);
    assertThat(client.get("/faults").body().toString())
        .isEqualTo("{\"items\":[{\"mode\":\"refuse\",\"times\":3}]}");
  }

  @ParameterizedTest
  @DisplayName("SE-4: bad input is a 4xx that names the field")
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"payout_id\":1}",
        "{\"amount\":-1}",
        "{\"amount\":1e999999999}",
        "{\"amount\":\"10\"}",
        "{\"amount\":1.001}",
        "{\"mode\":\"\\u0000\"}",
        "{\"a\":1,\"a\":2}",
        "{} {}"
      })
  void badInputIsRefused(String body) {
    String[] headers = {"Idempotency-Key", "bad", "Authorization", "Bearer " + KEY};
    for (String path : new String[] {"/disbursements", "/faults"}) {
      var reply = client.post(path, body, headers);
      assertThat(reply.status()).isIn(400, 422);
      assertThat(reply.type()).isEqualTo("application/problem+json");
      assertThat(reply.status() == 422).isEqualTo(reply.body().has("errors"));
    }
    assertThat(items("idempotency_key=bad")).isZero();
  }

  @Test
  void withoutTheApiKeyNothingIsPaid() {
    var reply =
        client.post(
            "/disbursements", body("1.00"), "Idempotency-Key", "k", "Authorization", "Bearer no");
    assertThat(reply.status()).isEqualTo(401);
  }

  private TestClient.Reply disburse(String key, String amount) {
    return client.post(
        "/disbursements", body(amount), "Idempotency-Key", key, "Authorization", "Bearer " + KEY);
  }

  private String body(String amount) {
    return """
        {"payout_id": "%s", "amount": %s, "currency": "ETB", "recipient": "%s"}
        """
        .formatted(payout, amount, payout);
  }

  private static void fault(String mode, int times) {
    var reply = client.post("/faults", "{\"mode\":\"%s\",\"times\":%d}".formatted(mode, times));
    assertThat(reply.status()).isEqualTo(200);
  }

  private static int items(String query) {
    return client.get("/disbursements?" + query).body().get("items").size();
  }
}
