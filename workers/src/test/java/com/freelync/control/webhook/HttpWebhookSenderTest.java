package com.freelync.control.webhook;

import static com.freelync.control.webhook.WebhookServer.LONGEST;
import static com.freelync.control.webhook.WebhookServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.webhook.WebhookServer.Received;
import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Webhooks over HTTP")
class HttpWebhookSenderTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final WebhookServer server;

  HttpWebhookSenderTest() throws IOException {
    server = new WebhookServer();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  @DisplayName("SE-5: is signed as Standard Webhooks has it, and says what was answered")
  void isSigned() throws Exception {
    server.on("/ok", (exchange, n) -> reply(exchange, 201, "application/json", "{\"ok\":true}"));
    WebhookAnswer answer = server.local().send(server.call("/ok", SECRET));
    assertThat(answer).isEqualTo(new WebhookAnswer.Taken(201, "{\"ok\":true}"));
    Received got = server.received.getFirst();
    new Webhook(SECRET).verify(got.body(), got.headers());
    assertThat(got.method()).isEqualTo("POST");
    assertThat(got.body()).isEqualTo("{\"a\":\"ሰላም\"}");
    assertThat(got.headers())
        .containsEntry("webhook-id", List.of("msg_1"))
        .containsEntry("x-team", List.of("ops"))
        .containsEntry("content-type", List.of("application/json; charset=UTF-8"));
    server.local().send(server.call("/ok", null));
    assertThat(server.received.get(1).headers()).doesNotContainKey("webhook-signature");
    assertThat(server.local().send(server.call("/ok", "whsec_§§")))
        .isInstanceOf(WebhookAnswer.Refused.class);
    assertThat(server.received).hasSize(2);
  }

  @Test
  @DisplayName("AU-11 SE-5: 500 may pass and then does, with the same id")
  void mayPass() {
    server.on(
        "/flaky",
        (exchange, n) -> reply(exchange, n == 1 ? 500 : 200, "text/plain", n == 1 ? "" : "done"));
    assertThat(server.local().send(server.call("/flaky", SECRET)))
        .isEqualTo(new WebhookAnswer.NotNow("It answered 500."));
    assertThat(server.local().send(server.call("/flaky", SECRET)))
        .isEqualTo(new WebhookAnswer.Taken(200, "done"));
    assertThat(server.received)
        .extracting(got -> got.headers().get("webhook-id"))
        .containsOnly(List.of("msg_1"));
  }

  @Test
  @DisplayName("AU-11: says when it is asked to call again, where that is said in seconds")
  void tellsWhen() {
    server.on(
        "/busy",
        (exchange, n) -> {
          exchange
              .getResponseHeaders()
              .set("Retry-After", n == 1 ? "17" : "Fri, 31 Dec 1999 23:59:59 GMT");
          reply(exchange, n == 1 ? 429 : 503, "text/plain", "");
        });
    assertThat(server.local().send(server.call("/busy", null)))
        .isEqualTo(
            new WebhookAnswer.NotNow("It answered 429, and asks to be called again in 17 s."));
    assertThat(server.local().send(server.call("/busy", null)))
        .isEqualTo(new WebhookAnswer.NotNow("It answered 503."));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 422})
  @DisplayName("AU-11: what is answered for good is not tried again")
  void isRefused(int status) {
    server.on("/no", (exchange, n) -> reply(exchange, status, "text/plain", "no"));
    assertThat(server.local().send(server.call("/no", null)))
        .isEqualTo(new WebhookAnswer.Refused("It answered " + status + "."));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @DisplayName("SE-5: a redirect is not followed")
  void followsNobody(int status) {
    server.on("/target", (exchange, n) -> reply(exchange, 200, "text/plain", "secret"));
    server.on(
        "/away",
        (exchange, n) -> {
          exchange.getResponseHeaders().set("Location", "/target");
          reply(exchange, status, "text/plain", "");
        });
    assertThat(server.local().send(server.call("/away", null)))
        .isInstanceOfSatisfying(
            WebhookAnswer.Refused.class,
            refused -> assertThat(refused.reason()).contains("redirects are not followed"));
    assertThat(server.received).extracting(Received::path).containsExactly("/away");
  }

  @Test
  @DisplayName("SE-5: an answer that does not end in time is none, however it drips")
  void endsInTime() {
    server.on("/silent", (exchange, n) -> server.over.await());
    server.on(
        "/drips",
        (exchange, n) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          while (server.over.getCount() > 0) {
            out.write('x');
            out.flush();
            server.over.await(50, TimeUnit.MILLISECONDS);
          }
        });
    for (String path : List.of("/silent", "/drips")) {
      long begin = System.nanoTime();
      assertThat(server.local().send(server.call(path, null)))
          .as(path)
          .isEqualTo(new WebhookAnswer.NotNow("It did not answer in time."));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST.multipliedBy(6));
    }
  }

  @Test
  @DisplayName("SE-5: of an answer no more is read than anybody needs, and only text is told")
  void isBounded() {
    server.on(
        "/huge",
        (exchange, n) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[64 * 1024];
          for (int i = 0; i < 1_000; i++) {
            exchange.getResponseBody().write(chunk);
          }
        });
    server.on("/long", (exchange, n) -> reply(exchange, 200, "text/plain", "ሰ".repeat(5_000)));
    server.on("/binary", (exchange, n) -> reply(exchange, 200, "image/png", "PNG"));
    server.on("/controls", (exchange, n) -> reply(exchange, 200, "text/plain", "a\u0000b\u001bc"));
    server.on("/empty", (exchange, n) -> exchange.sendResponseHeaders(204, -1));
    assertThat(server.local().send(server.call("/huge", null)))
        .isEqualTo(new WebhookAnswer.Refused("The answer is longer than 64 KiB."));
    assertThat(server.local().send(server.call("/long", null)))
        .isEqualTo(new WebhookAnswer.Taken(200, "ሰ".repeat(2_000)));
    assertThat(server.local().send(server.call("/binary", null)))
        .isEqualTo(new WebhookAnswer.Taken(200, null));
    assertThat(server.local().send(server.call("/controls", null)))
        .isEqualTo(new WebhookAnswer.Taken(200, "abc"));
    assertThat(server.local().send(server.call("/empty", null)))
        .isEqualTo(new WebhookAnswer.Taken(204, null));
  }
}
