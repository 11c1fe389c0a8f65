package com.freelync.control.payout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.database.Json;
import com.freelync.control.payout.GatewayActivities.Answer;
import com.freelync.control.payout.TransferActivities.Order;
import com.freelync.control.text.Excerpt;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The gateway over HTTP. Anything but a document that fits the order is no definite answer. */
public final class HttpGateway implements Gateway {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(4);
  private static final int LARGEST_ANSWER = 64 * 1024;
  private static final int LONGEST_REFERENCE = 200;
  private static final int LONGEST_REASON = 1_000;

  private final URI address;
  private final String apiKey;
  private final HttpClient http;
  private final ObjectMapper json =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  public HttpGateway(URI address, String apiKey) {
    this.address = address;
    this.apiKey = apiKey;
    this.http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  }

  @Override
  public Answer disburse(Order order) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("payout_id", order.payoutId());
    body.put("amount", Santim.toEtb(order.amountSantim()));
    body.put("currency", "ETB");
    body.put("recipient", order.recipient());
    HttpResponse<String> response =
        send(
            request("/disbursements")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", order.idempotencyKey())
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build());
    JsonNode document = read(response.body());
    return switch (response.statusCode()) {
      case 200, 201, 422 -> answer(order, document);
      // Some gateways answer a key that they have seen by a conflict that holds what they did.
      case 409 -> answer(order, document.path("disbursement"));
      default -> throw new GatewayUnavailable("it answered " + response.statusCode());
    };
  }

  @Override
  public Optional<Answer> find(Order order) {
    String key = URLEncoder.encode(order.idempotencyKey(), StandardCharsets.UTF_8);
    HttpResponse<String> response =
        send(request("/disbursements?idempotency_key=" + key).GET().build());
    if (response.statusCode() != 200) {
      throw new GatewayUnavailable("asked for a key it answered " + response.statusCode());
    }
    JsonNode items = read(response.body()).path("items");
    if (!items.isArray()) {
      throw new GatewayUnavailable("asked for a key it answered no list");
    }
    return items.isEmpty() ? Optional.empty() : Optional.of(answer(order, items.get(0)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address.toString().replaceAll("/$", "") + path))
        .header("Authorization", "Bearer " + apiKey);
  }

  /** The whole answer within the time: a timeout of the request alone ends with its headers. */
  private HttpResponse<String> send(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> call =
        http.sendAsync(request, LimitedBody.of(LARGEST_ANSWER));
    try {
      return call.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
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

  private static Answer answer(Order order, JsonNode document) {
    boolean fits =
        document.path("payout_id").asText().equals(order.payoutId())
            && document.path("idempotency_key").asText().equals(order.idempotencyKey())
            && document.path("amount").isNumber()
            && new BigDecimal(document.path("amount").asText())
                    .compareTo(Santim.toEtb(order.amountSantim()))
                == 0;
    if (!fits) {
      throw new GatewayUnavailable("its answer is not about this order");
    }
    return switch (document.path("status").asText()) {
      case "PAID" -> new Answer(true, reference(text(document, "id")), null);
      case "REFUSED" -> new Answer(false, null, reason(text(document, "reason")));
      default -> throw new GatewayUnavailable("its answer has no definite status");
    };
  }

  private static String text(JsonNode document, String field) {
    JsonNode value = document.path(field);
    return value.isNull() ? "" : value.asText();
  }

  /** Without a name that it can be found by, a payment is not known to have been made. */
  private static String reference(String id) {
    if (id.isBlank() || id.length() > LONGEST_REFERENCE || !id.equals(printable(id))) {
      throw new GatewayUnavailable("its answer names no disbursement");
    }
    return id;
  }

  private static String reason(String given) {
    String reason = printable(given).strip();
    return reason.isEmpty() ? "no reason given" : Excerpt.of(reason, LONGEST_REASON);
  }

  /** No control characters and no halves of characters: PostgreSQL refuses some, people all. */
  private static String printable(String text) {
    return text.codePoints()
        .filter(point -> !Character.isISOControl(point))
        .filter(point -> Character.getType(point) != Character.SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
