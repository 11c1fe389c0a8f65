package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Execution;
import com.freelync.control.database.Json;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.notification.OutgoingInput;
import com.freelync.control.sandbox.mail.ReceivedMail;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notifications of automations by a real worker: by mail, webhook and chat. */
class NotificationRunTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Actor ADMIN = new Actor("admin", "request-1");

  private record Received(Map<String, List<String>> headers, String body) {}

  @TempDir static Path state;
  private static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();
  private static RealWorker real;
  private static HttpServer server;

  @BeforeAll
  static void start() throws IOException {
    real = new RealWorker(state);
    TestPeople.install(real.database);
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Map<String, List<String>> headers = new HashMap<>();
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          RECEIVED.add(new Received(headers, body));
          boolean fails =
              exchange.getRequestURI().getPath().equals("/flaky") && RECEIVED.size() == 1;
          exchange.sendResponseHeaders(fails ? 500 : 204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
    real.close();
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static Execution run(Map<String, Object> with) {
    RECEIVED.clear();
    UUID automation = UUID.randomUUID();
    real.api.automations.create(
        automation,
        Map.of(
            "name",
            "Tells " + automation,
            "status",
            "ACTIVE",
            "trigger",
            "manual",
            "steps",
            List.of(Map.of("action", "send_notification", "id", "told", "with", with))),
        ADMIN);
    UUID execution = UUID.randomUUID();
    real.api.executions.execute(execution, automation, Map.of(), "a test", ADMIN);
    await().atMost(LONG).until(() -> real.api.executions.get(execution).row().finishedAt() != null);
    Execution ended = real.api.executions.get(execution);
    assertThat(ended.row().status()).as("%s", ended.row().errorJson()).isEqualTo("COMPLETED");
    return ended;
  }

  @Test
  @DisplayName("AU-5 SE-1b: by mail, to the address that the directory has, in nobody's history")
  void mails() {
    Execution execution =
        run(Map.of("to", "finance", "channel", "email", "subject", "ሰላም from a run"));
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(real.mail().messages())
                    .filteredOn(mail -> mail.subject().equals("ሰላም from a run"))
                    .extracting(mail -> mail.to().getFirst())
                    .contains("cfo@freelync.com"));
    ReceivedMail mail =
        real.mail().messages().stream()
            .filter(one -> one.subject().equals("ሰላም from a run"))
            .findFirst()
            .orElseThrow();
    assertThat(mail.text()).contains("Tells ", "/admin/executions/" + execution.row().id());
    assertThat(execution.steps().getFirst().outputJson()).doesNotContain("@");
  }

  @Test
  @DisplayName("AU-5 AU-11 SE-5: by webhook, signed, once more after a 500, with the same id")
  void callsWebhooks() throws Exception {
    new Operations(real).sign(SECRET);
    Execution execution =
        run(
            Map.of(
                "channel",
                "webhook",
                "url",
                url("/flaky"),
                "subject",
                "Hello",
                "text",
                "secret words"));
    await().atMost(LONG).until(() -> RECEIVED.size() == 2);
    for (Received received : RECEIVED) {
      new Webhook(SECRET).verify(received.body(), received.headers());
    }
    assertThat(RECEIVED.get(0).headers().get("webhook-id"))
        .isEqualTo(RECEIVED.get(1).headers().get("webhook-id"));
    assertThat(RECEIVED.get(1).body()).contains("\"subject\":\"Hello\"", "secret words");
    String id =
        String.valueOf(
            Json.readObject(execution.steps().getFirst().outputJson()).get("message_id"));
    OutgoingInput input = new OutgoingInput(UUID.fromString(id), null);
    await()
        .atMost(LONG)
        .until(
            () ->
                real.connection
                    .client()
                    .newUntypedWorkflowStub(input.temporalId())
                    .describe()
                    .getStatus()
                    .name()
                    .endsWith("COMPLETED"));
    String history =
        new String(
            real.connection.client().fetchHistory(input.temporalId()).getHistory().toByteArray(),
            StandardCharsets.UTF_8);
    assertThat(history)
        .as("SE-6: no address and no word in the delivery's history")
        .contains("It answered 500.")
        .doesNotContain("127.0.0.1:" + server.getAddress().getPort(), "secret words", "whsec");
    Histories.keep(real, "outgoing-after-errors", input.temporalId());
  }

  @Test
  @DisplayName("AU-5: by chat, in the form that chats take")
  void chats() {
    run(Map.of("channel", "chat", "url", url("/chat"), "subject", "S", "text", "T"));
    await().atMost(LONG).until(() -> RECEIVED.size() == 1);
    assertThat(RECEIVED.getFirst().body()).isEqualTo("{\"text\":\"*S*\\nT\"}");
    assertThat(RECEIVED.getFirst().headers()).doesNotContainKey("webhook-signature");
  }
}
