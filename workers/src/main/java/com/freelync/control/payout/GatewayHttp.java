package com.freelync.control.payout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.database.Json;
import com.freelync.control.payout.Gateway.GatewayUnavailable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of the gateway: a whole JSON document within the time, or no answer. */
final class GatewayHttp {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(4);

  private final URI address;
  private final String apiKey;
  private final HttpClient http;
  private final ObjectMapper json =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  GatewayHttp(URI address, String apiKey) {
    this.address = address;
    this.apiKey = apiKey;
    this.http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  }

  /** What it answered. */
  record Reply(int status, JsonNode document) {}

  /** Asks for something once, however often it is called with this key. */
  Reply post(String path, String key, Map<String, Object> body, int largestAnswer) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
            .build(),
        largestAnswer);
  }

  /**
   * Reads the items of a list.
   *
   * @throws GatewayUnavailable if it answers no list
   */
  JsonNode list(String path, int largestAnswer) {
    Reply reply = send(request(path).GET().build(), largestAnswer);
    if (reply.status() != 200) {
      throw new GatewayUnavailable("asked for a list it answered " + reply.status());
    }
    if (!reply.document().path("items").isArray()) {
      throw new GatewayUnavailable("asked for a list it answered none");
    }
    return reply.document();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address.toString().replaceAll("/$", "") + path))
        .header("Authorization", "Bearer " + apiKey);
  }

  /** The whole answer within the time: a timeout of the request alone ends with its headers. */
  private Reply send(HttpRequest request, int largestAnswer) {
    CompletableFuture<HttpResponse<String>> call =
        http.sendAsync(request, LimitedBody.of(largestAnswer));
    try {
      HttpResponse<String> response = call.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(response.statusCode(), read(response.body()));
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new GatewayUnavailable("it did not answer: " + cause.getClass().getSimpleName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayUnavailable("the call was interrupted", e);
    } finally {
      call.cancel(true);
    }
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new GatewayUnavailable("its answer is not JSON", e);
    }
  }
}
