package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.payout.Gateway.GatewayUnavailable;
import com.freelync.control.payout.GatewayActivities.Answer;
import com.freelync.control.payout.TransferActivities.Order;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway of bad manners answers, and what we believe of it. */
class HttpGatewayTest {
  private static final Order ORDER = new Order(null, "p-1", "p-1/a1", 1_050, "s-1", false);

  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;
  private Gateway gateway;
  private volatile String answer = "";
  private volatile boolean stalls;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(201, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
            out.flush();
            if (stalls) {
              end.await();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    gateway =
        new HttpGateway(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "key");
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private static String document(String rest) {
    return "{\"payout_id\": \"p-1\", \"idempotency_key\": \"p-1/a1\", \"amount\": 10.50, "
        + rest
        + "}";
  }

  @Test
  @Timeout(20)
  @DisplayName("PO-2: an answer that never ends is no answer, within seconds")
  void givesUpOnAnEndlessAnswer() {
    answer = "{\"payout_id\": ";
    stalls = true;
    assertThatThrownBy(() -> gateway.disburse(ORDER))
        .isInstanceOf(GatewayUnavailable.class)
        .hasMessageContaining("TimeoutException");
  }

  @Test
  @DisplayName("PO-2: an answer of megabytes is no answer")
  void givesUpOnAHugeAnswer() {
    answer =
        document("\"status\": \"PAID\", \"id\": \"x\", \"more\": \"" + "x".repeat(1 << 20) + "\"");
    assertThatThrownBy(() -> gateway.disburse(ORDER)).isInstanceOf(GatewayUnavailable.class);
  }

  @ParameterizedTest(name = "PO-2: paid as {0} is not known to be paid")
  @ValueSource(
      strings = {
        "\"status\": \"PAID\"",
        "\"status\": \"PAID\", \"id\": \"  \"",
        "\"status\": \"PAID\", \"id\": \"a\\u0000b\"",
        "\"status\": \"PAID\", \"id\": null",
        "\"status\": \"PAID\", \"id\": \"d-1\", \"amount\": 10.51",
        "\"status\": \"SENT\", \"id\": \"d-1\""
      })
  void needsAReference(String rest) {
    answer = document(rest);
    assertThatThrownBy(() -> gateway.disburse(ORDER)).isInstanceOf(GatewayUnavailable.class);
  }

  @Test
  @DisplayName("PO-2: a reference beyond 200 characters is none")
  void boundsTheReference() {
    answer = document("\"status\": \"PAID\", \"id\": \"" + "x".repeat(201) + "\"");
    assertThatThrownBy(() -> gateway.disburse(ORDER)).isInstanceOf(GatewayUnavailable.class);
    answer = document("\"status\": \"PAID\", \"id\": \"" + "x".repeat(200) + "\"");
    assertThat(gateway.disburse(ORDER).paid()).isTrue();
  }

  @Test
  @DisplayName("PO-1: the reason of a refusal is kept as far as it can be written down")
  void cleansTheReason() {
    answer = document("\"status\": \"REFUSED\", \"reason\": \"closed\\u0000 \\ud800account\"");
    assertThat(gateway.disburse(ORDER)).isEqualTo(new Answer(false, null, "closed account"));
    answer =
        document("\"status\": \"REFUSED\", \"reason\": \"" + "\ud83d\ude00".repeat(900) + "\"");
    assertThat(gateway.disburse(ORDER).reason()).hasSizeLessThanOrEqualTo(1_000).endsWith("\ude00");
    answer = document("\"status\": \"REFUSED\"");
    assertThat(gateway.disburse(ORDER).reason()).isEqualTo("no reason given");
  }
}
