package com.freelync.control.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
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
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;

/** A real HTTP server that is called, and the senders that call it. */
final class WebhookServer implements AutoCloseable {
  static final Duration LONGEST = Duration.ofMillis(1_500);

  final List<Received> received = new CopyOnWriteArrayList<>();

  /** Counted down when the test is over, for whoever answers until then. */
  final CountDownLatch over = new CountDownLatch(1);

  private final List<HttpWebhookSender> senders = new ArrayList<>();
  private final HttpServer server;

  WebhookServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** What reached the server: its headers and its body. */
  record Received(String method, String path, Map<String, List<String>> headers, String body) {}

  /** Answers a call; calls are numbered from 1. */
  @FunctionalInterface
  interface Answering {
    void answer(HttpExchange exchange, int number) throws IOException, InterruptedException;
  }

  int port() {
    return server.getAddress().getPort();
  }

  void stop() {
    server.stop(0);
  }

  void on(String path, Answering answering) {
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

  static void reply(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  HttpWebhookSender sender(DnsResolver names, String... allowed) {
    HttpWebhookSender sender =
        new HttpWebhookSender(
            new WebhookSettings(List.of(allowed)), Clock.systemUTC(), names, LONGEST);
    senders.add(sender);
    return sender;
  }

  HttpWebhookSender local() {
    return sender(SystemDefaultDnsResolver.INSTANCE, "127.0.0.1");
  }

  WebhookCall call(String path, @Nullable String secret) {
    return at("http://127.0.0.1:" + port() + path, secret);
  }

  static WebhookCall at(String url, @Nullable String secret) {
    return new WebhookCall(
        "msg_1", URI.create(url), "POST", "{\"a\":\"ሰላም\"}", Map.of("x-team", "ops"), secret);
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    server.stop(0);
    for (HttpWebhookSender sender : senders) {
      sender.close();
    }
  }
}
