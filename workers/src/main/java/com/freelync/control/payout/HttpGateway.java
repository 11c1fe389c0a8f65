package com.freelync.control.payout;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.payout.CorrectionActivities.TakeBack;
import com.freelync.control.payout.GatewayActivities.Answer;
import com.freelync.control.payout.TransferActivities.Order;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The gateway over HTTP. Anything but a document that fits the order is no definite answer. */
public final class HttpGateway implements Gateway {
  private static final int LARGEST_ANSWER = 64 * 1024;

  private final GatewayHttp http;

  public HttpGateway(URI address, String apiKey) {
    this.http = new GatewayHttp(address, apiKey);
  }

  @Override
  public Answer disburse(Order order) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("payout_id", order.payoutId());
    body.put("amount", Santim.toEtb(order.amountSantim()));
    body.put("currency", "ETB");
    body.put("recipient", order.recipient());
    return ask("/disbursements", order.idempotencyKey(), body, document -> answer(order, document));
  }

  @Override
  public Optional<Answer> find(Order order) {
    return find("/disbursements", order.idempotencyKey(), document -> answer(order, document));
  }

  @Override
  public Answer takeBack(TakeBack order) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("disbursement", order.disbursement());
    body.put("amount", Santim.toEtb(order.amountSantim()));
    body.put("currency", "ETB");
    return ask("/reversals", order.idempotencyKey(), body, document -> answer(order, document));
  }

  @Override
  public Optional<Answer> find(TakeBack order) {
    return find("/reversals", order.idempotencyKey(), document -> answer(order, document));
  }

  private Answer ask(
      String path, String key, Map<String, Object> body, Function<JsonNode, Answer> reading) {
    GatewayHttp.Reply reply = http.post(path, key, body, LARGEST_ANSWER);
    return switch (reply.status()) {
      case 200, 201, 422 -> reading.apply(reply.document());
      // Some gateways answer a key that they have seen by a conflict that holds what they did.
      case 409 -> reading.apply(reply.document().path(path.substring(1, path.length() - 1)));
      default -> throw new GatewayUnavailable("it answered " + reply.status());
    };
  }

  private Optional<Answer> find(String path, String key, Function<JsonNode, Answer> reading) {
    String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
    JsonNode items = http.list(path + "?idempotency_key=" + encoded, LARGEST_ANSWER).path("items");
    return items.isEmpty() ? Optional.empty() : Optional.of(reading.apply(items.get(0)));
  }

  private static Answer answer(Order order, JsonNode document) {
    if (!document.path("payout_id").asText().equals(order.payoutId())) {
      throw new GatewayUnavailable("its answer is not about this order");
    }
    return answer(order.idempotencyKey(), order.amountSantim(), "PAID", document);
  }

  private static Answer answer(TakeBack order, JsonNode document) {
    if (!document.path("disbursement").asText().equals(order.disbursement())) {
      throw new GatewayUnavailable("its answer is not about this order");
    }
    return answer(order.idempotencyKey(), order.amountSantim(), "REVERSED", document);
  }

  private static Answer answer(String key, long santim, String done, JsonNode document) {
    if (!document.path("idempotency_key").asText().equals(key)
        || !GatewayText.isAmount(document, "amount", santim)) {
      throw new GatewayUnavailable("its answer is not about this order");
    }
    String status = document.path("status").asText();
    if (status.equals(done)) {
      return new Answer(true, GatewayText.reference(GatewayText.text(document, "id")), null);
    }
    if (status.equals("REFUSED")) {
      return new Answer(false, null, GatewayText.reason(GatewayText.text(document, "reason")));
    }
    throw new GatewayUnavailable("its answer has no definite status");
  }
}
