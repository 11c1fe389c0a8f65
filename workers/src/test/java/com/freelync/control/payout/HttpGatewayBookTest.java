package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.freelync.control.payout.Gateway.GatewayUnavailable;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway of bad manners shows as its book, and what we believe of it. */
class HttpGatewayBookTest {
  private static final Instant FROM = Instant.parse("2026-11-22T21:00:00Z");
  private static final String ITEM =
      """
      {"kind": "DISBURSEMENT", "id": "d-1", "idempotency_key": "k", "payout_id": "p", "amount": 10.50,
       "status": "PAID", "created_at": "2026-11-23T00:00:00Z"}
      """;

  private HttpServer server;
  private GatewayBook book;
  private volatile String answer = "";
  private volatile String asked = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestURI().toString();
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    book =
        new HttpGatewayBook(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "key");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private BookPage page(String position) {
    return book.page(FROM, FROM.plusSeconds(86_400), position);
  }

  @Test
  @DisplayName("PO-3: a page is read exactly, and the next one is asked for in the gateway's words")
  void reads() {
    UUID payout = UUID.randomUUID();
    answer =
        "{\"items\": [%s, %s], \"next\": \"a&b c\"}"
            .formatted(
                ITEM,
                ITEM.replace("DISBURSEMENT", "REVERSAL")
                    .replace("PAID", "REVERSED")
                    .replace("\"p\"", "\"" + payout + "\""));
    BookPage first = page("x");
    assertThat(first.entries())
        .extracting(BookEntry::kind, BookEntry::payoutId, BookEntry::amountSantim)
        .containsExactly(
            tuple(BookEntryKind.DISBURSEMENT, null, 1_050L),
            tuple(BookEntryKind.REVERSAL, payout, 1_050L));
    assertThat(first.entries()).allMatch(BookEntry::isDone);
    assertThat(first.next()).isEqualTo("a&b c");
    answer = "{\"items\": []}";
    assertThat(page(String.valueOf(first.next())).next()).isNull();
    assertThat(asked).endsWith("&after=a%26b+c");
  }

  @ParameterizedTest(name = "PO-3: an entry with {0} is no answer")
  @ValueSource(
      strings = {
        "\"kind\": \"FEE\"",
        "\"id\": \" \"",
        "\"amount\": 10.501",
        "\"amount\": \"ten\"",
        "\"amount\": 1e999999999",
        "\"status\": \"PENDING\"",
        "\"status\": \"REVERSED\"",
        "\"created_at\": \"yesterday\""
      })
  void refusesWhatItCannotRead(String field) {
    answer = "{\"items\": [" + ITEM.strip().replaceFirst("}$", ", " + field + "}") + "]}";
    assertThatThrownBy(() -> page("x")).isInstanceOf(GatewayUnavailable.class);
  }

  @Test
  @DisplayName("PO-3: a book that says that it goes on where it stands is no answer")
  void refusesToStandStill() {
    answer = "{\"items\": [" + ITEM + "], \"next\": \"x\"}";
    assertThatThrownBy(() -> page("x")).isInstanceOf(GatewayUnavailable.class);
    answer = "{\"items\": [], \"next\": \"y\"}";
    assertThatThrownBy(() -> page("x")).isInstanceOf(GatewayUnavailable.class);
    answer = "{\"entries\": []}";
    assertThatThrownBy(() -> book.ofKey("k")).isInstanceOf(GatewayUnavailable.class);
  }
}
