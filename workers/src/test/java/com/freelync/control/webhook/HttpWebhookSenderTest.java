package com.freelync.control.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Webhooks over HTTP")
class HttpWebhookSenderTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Duration LONGEST = Duration.ofMillis(1_500);

  /** What reached the server: its headers and its body. */
  private record Received(
      String method, String path, Map<String, List<String>> headers, String body) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<HttpWebhookSender> senders = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    over.countDown();
    server.stop(0);
    for (HttpWebhookSender sender : senders) {
      sender.close();
    }
  }

  @FunctionalInterface
  private interface Answering {
    void answer(HttpExchange exchange, int number) throws IOException, InterruptedException;
  }

  private void on(String path, Answering answering) {
    server.createContext(
        path,
        exchange -> {
          Map<String, List<String>> headers = new HashMap<>();
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(
              new Received(
                  exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
          try (exchange) {
            answering.answer(exchange, received.size());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void reply(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private HttpWebhookSender sender(DnsResolver names, String... allowed) {
    HttpWebhookSender sender =
        new HttpWebhookSender(
            new WebhookSettings(List.of(allowed)), Clock.systemUTC(), names, LONGEST);
    senders.add(sender);
    return sender;
  }

  private HttpWebhookSender local() {
    return sender(SystemDefaultDnsResolver.INSTANCE, "127.0.0.1");
  }

  private WebhookCall call(String path, @Nullable String secret) {
    return at("http://127.0.0.1:" + server.getAddress().getPort() + path, secret);
  }

  private static WebhookCall at(String url, @Nullable String secret) {
    return new WebhookCall(
        "msg_1", URI.create(url), "POST", "{\"a\":\"ሰላም\"}", Map.of("x-team", "ops"), secret);
  }

  @Test
  @DisplayName("SE-5: is signed as Standard Webhooks has it, and says what was answered")
  void isSigned() throws Exception {
    on("/ok", (exchange, n) -> reply(exchange, 201, "application/json", "{\"ok\":true}"));
    WebhookAnswer answer = local().send(call("/ok", SECRET));
    assertThat(answer).isEqualTo(new WebhookAnswer.Taken(201, "{\"ok\":true}"));
    Received got = received.getFirst();
    new Webhook(SECRET).verify(got.body(), got.headers());
    assertThat(got.method()).isEqualTo("POST");
    assertThat(got.body()).isEqualTo("{\"a\":\"ሰላም\"}");
    assertThat(got.headers())
        .containsEntry("webhook-id", List.of("msg_1"))
        .containsEntry("x-team", List.of("ops"))
        .containsEntry("content-type", List.of("application/json; charset=UTF-8"));
    local().send(call("/ok", null));
    assertThat(received.get(1).headers()).doesNotContainKey("webhook-signature");
    assertThat(local().send(call("/ok", "whsec_§§"))).isInstanceOf(WebhookAnswer.Refused.class);
    assertThat(received).hasSize(2);
  }

  @Test
  @DisplayName("AU-11 SE-5: 500 may pass and then does, with the same id")
  void mayPass() {
    on(
        "/flaky",
        (exchange, n) -> reply(exchange, n == 1 ? 500 : 200, "text/plain", n == 1 ? "" : "done"));
    assertThat(local().send(call("/flaky", SECRET)))
        .isEqualTo(new WebhookAnswer.NotNow("It answered 500."));
    assertThat(local().send(call("/flaky", SECRET)))
        .isEqualTo(new WebhookAnswer.Taken(200, "done"));
    assertThat(received)
        .extracting(got -> got.headers().get("webhook-id"))
        .containsOnly(List.of("msg_1"));
  }

  @Test
  @DisplayName("AU-11: says when it is asked to call again, where that is said in seconds")
  void tellsWhen() {
    on(
        "/busy",
        (exchange, n) -> {
          exchange
              .getResponseHeaders()
              .set("Retry-After", n == 1 ? "17" : "Fri, 31 Dec 1999 23:59:59 GMT");
          reply(exchange, n == 1 ? 429 : 503, "text/plain", "");
        });
    assertThat(local().send(call("/busy", null)))
        .isEqualTo(
            new WebhookAnswer.NotNow("It answered 429, and asks to be called again in 17 s."));
    assertThat(local().send(call("/busy", null)))
        .isEqualTo(new WebhookAnswer.NotNow("It answered 503."));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 422})
  @DisplayName("AU-11: what is answered for good is not tried again")
  void isRefused(int status) {
    on("/no", (exchange, n) -> reply(exchange, status, "text/plain", "no"));
    assertThat(local().send(call("/no", null)))
        .isEqualTo(new WebhookAnswer.Refused("It answered " + status + "."));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @DisplayName("SE-5: a redirect is not followed")
  void followsNobody(int status) {
    on("/target", (exchange, n) -> reply(exchange, 200, "text/plain", "secret"));
    on(
        "/away",
        (exchange, n) -> {
          exchange.getResponseHeaders().set("Location", "/target");
          reply(exchange, status, "text/plain", "");
        });
    assertThat(local().send(call("/away", null)))
        .isInstanceOfSatisfying(
            WebhookAnswer.Refused.class,
            refused -> assertThat(refused.reason()).contains("redirects are not followed"));
    assertThat(received).extracting(Received::path).containsExactly("/away");
  }

  @Test
  @DisplayName("SE-5: an answer that does not end in time is none, however it drips")
  void endsInTime() {
    on("/silent", (exchange, n) -> over.await());
    on(
        "/drips",
        (exchange, n) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          while (over.getCount() > 0) {
            out.write('x');
            out.flush();
            over.await(50, TimeUnit.MILLISECONDS);
          }
        });
    for (String path : List.of("/silent", "/drips")) {
      long begin = System.nanoTime();
      assertThat(local().send(call(path, null)))
          .as(path)
          .isEqualTo(new WebhookAnswer.NotNow("It did not answer in time."));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST.multipliedBy(6));
    }
  }

  @Test
  @DisplayName("SE-5: of an answer no more is read than anybody needs, and only text is told")
  void isBounded() {
    on(
        "/huge",
        (exchange, n) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[64 * 1024];
          for (int i = 0; i < 1_000; i++) {
            exchange.getResponseBody().write(chunk);
          }
        });
    on("/long", (exchange, n) -> reply(exchange, 200, "text/plain", "ሰ".repeat(5_000)));
    on("/binary", (exchange, n) -> reply(exchange, 200, "image/png", "PNG"));
    on("/controls", (exchange, n) -> reply(exchange, 200, "text/plain", "a\u0000b\u001bc"));
    on("/empty", (exchange, n) -> exchange.sendResponseHeaders(204, -1));
    assertThat(local().send(call("/huge", null)))
        .isEqualTo(new WebhookAnswer.Refused("The answer is longer than 64 KiB."));
    assertThat(local().send(call("/long", null)))
        .isEqualTo(new WebhookAnswer.Taken(200, "ሰ".repeat(2_000)));
    assertThat(local().send(call("/binary", null))).isEqualTo(new WebhookAnswer.Taken(200, null));
    assertThat(local().send(call("/controls", null)))
        .isEqualTo(new WebhookAnswer.Taken(200, "abc"));
    assertThat(local().send(call("/empty", null))).isEqualTo(new WebhookAnswer.Taken(204, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "100.64.0.1",
        "10.0.0.1",
        "[fd00::1]",
        "[fe80::1]"
      })
  @DisplayName("SE-5: a host that is not of the public Internet is refused, and not called")
  void refusesPrivateHosts(String host) {
    on("/", (exchange, n) -> reply(exchange, 200, "text/plain", "reached"));
    HttpWebhookSender sender = sender(SystemDefaultDnsResolver.INSTANCE);
    String at = host + ":" + server.getAddress().getPort() + "/";
    assertThat(sender.send(at("https://" + at, null)))
        .isInstanceOfSatisfying(
            WebhookAnswer.Refused.class,
            refused -> assertThat(refused.reason()).contains("not in the public Internet"));
    assertThat(sender.send(at("http://" + at, null)))
        .isInstanceOfSatisfying(
            WebhookAnswer.Refused.class, refused -> assertThat(refused.reason()).contains("https"));
    assertThat(received).isEmpty();
  }

  @Test
  @DisplayName("SE-5: one private address among public ones is enough to be refused")
  void refusesMixedAnswers() {
    HttpWebhookSender sender = sender(names(host -> List.of("8.8.8.8", "127.0.0.1")));
    assertThat(sender.send(at("https://hook.test:" + server.getAddress().getPort() + "/", null)))
        .isInstanceOf(WebhookAnswer.Refused.class);
  }

  @Test
  @DisplayName("SE-5: a name is looked up once, and what was found is what is called")
  void isNotRebound() {
    on("/", (exchange, n) -> reply(exchange, 200, "text/plain", "first"));
    List<String> asked = new CopyOnWriteArrayList<>();
    DnsResolver rebinding =
        names(
            host -> {
              asked.add(host);
              return List.of(asked.size() == 1 ? "127.0.0.1" : "127.0.0.2");
            });
    HttpWebhookSender sender = sender(rebinding, "hook.test");
    assertThat(sender.send(at("http://hook.test:" + server.getAddress().getPort() + "/", null)))
        .isEqualTo(new WebhookAnswer.Taken(200, "first"));
    assertThat(asked).containsExactly("hook.test");
    assertThat(received.getFirst().headers().get("host").getFirst()).startsWith("hook.test:");
  }

  @Test
  @DisplayName("AU-11: a host that is away, or unknown, may come")
  void isAway() throws IOException {
    int port = server.getAddress().getPort();
    server.stop(0);
    assertThat(local().send(at("http://127.0.0.1:" + port + "/", null)))
        .isInstanceOfSatisfying(
            WebhookAnswer.NotNow.class,
            notNow -> assertThat(notNow.reason()).doesNotContain("127.0.0.1"));
    HttpWebhookSender unknown =
        sender(
            names(
                host -> {
                  throw new IllegalStateException(host);
                }));
    assertThat(unknown.send(at("https://hook.test/", null)))
        .isEqualTo(new WebhookAnswer.NotNow("Its host is not known."));
  }

  private static DnsResolver names(Function<String, List<String>> answers) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        List<String> found;
        try {
          found = answers.apply(host);
        } catch (IllegalStateException unknown) {
          throw new UnknownHostException(host);
        }
        InetAddress[] addresses = new InetAddress[found.size()];
        for (int i = 0; i < addresses.length; i++) {
          addresses[i] =
              InetAddress.getByAddress(host, InetAddress.getByName(found.get(i)).getAddress());
        }
        return addresses;
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }
}
