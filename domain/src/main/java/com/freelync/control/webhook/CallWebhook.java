package com.freelync.control.webhook;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import com.freelync.control.database.Json;
import com.freelync.control.webhook.Webhooks.Order;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Calls a system outside, signed as Standard Webhooks has it. */
public final class CallWebhook implements Action.Outside {
  private static final int LARGEST_BODY = 256 * 1024;

  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "call_webhook",
          List.of(
              new InputField(
                  "url", FactType.TEXT, true, "The address; the definition says it, no event."),
              new InputField(
                  "method", FactType.TEXT, false, "POST unless said.", List.of("POST", "PUT")),
              new InputField("body", FactType.ANY, false, "What is sent, as JSON."),
              new InputField("headers", FactType.ANY, false, "Up to ten headers, no secrets."),
              new InputField(
                  "secret",
                  FactType.TEXT,
                  false,
                  "The encrypted setting that signs; " + Webhooks.SECRET + " unless said."),
              new InputField(
                  "authorization",
                  FactType.TEXT,
                  false,
                  "The encrypted setting that is sent as Authorization.")),
          List.of(
              new OutputField("status", FactType.NUMBER),
              new OutputField("body", FactType.TEXT),
              new OutputField("webhook_id", FactType.TEXT)),
          false);

  private static final Traits TRAITS =
      new Traits(
          "The other system was told.",
          null,
          "Every attempt has the same webhook-id, by which the receiver knows a repetition.",
          ActionLimits.NONE);

  private final Webhooks webhooks;

  public CallWebhook(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Calls another system over HTTP, signed.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  /** Where a call goes is said by the definition: an event must not choose it. */
  @Override
  public Map<String, String> objections(Handle handle, Map<String, Object> with) {
    Map<String, String> objections = new LinkedHashMap<>();
    if (!(with.get("url") instanceof String url)) {
      objections.put("url", "say here which address is called: events do not choose it");
    } else if (!url.contains("${")) {
      object(objections, "url", () -> WebhookInputs.url(url));
    }
    object(objections, "headers", () -> WebhookInputs.headers(with.get("headers")));
    for (String name : List.of("secret", "authorization")) {
      String why = with.get(name) instanceof String key ? Webhooks.objection(handle, key) : null;
      if (why != null) {
        objections.put(name, why);
      }
    }
    return objections;
  }

  private static void object(Map<String, String> objections, String name, Runnable reading) {
    try {
      reading.run();
    } catch (ActionRefused refused) {
      objections.put(name, refused.reason());
    }
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    Order order = order(request);
    for (String key : order.secrets()) {
      String lack = Webhooks.lack(handle, key);
      if (lack != null) {
        return Estimate.refused(lack);
      }
    }
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("status", BigDecimal.valueOf(200));
    output.put("body", "");
    output.put("webhook_id", Webhooks.id(order.key()));
    return new Estimate(
        output,
        List.of(),
        BigDecimal.ZERO,
        1,
        "Would " + order.method() + " to " + order.url().getHost() + ", signed.");
  }

  @Override
  public Result perform(Request request) {
    Order order = order(request);
    Actor actor = new Actor(request.run().actor(), request.run().requestId());
    return switch (webhooks.call(order, actor)) {
      case WebhookAnswer.Refused refused ->
          throw new ActionRefused("webhook_refused", refused.reason());
      case WebhookAnswer.NotNow notNow -> throw new WebhookNotTaken(notNow.reason());
      case WebhookAnswer.Taken taken -> {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("status", BigDecimal.valueOf(taken.status()));
        output.put("body", Objects.requireNonNullElse(taken.excerpt(), ""));
        output.put("webhook_id", Webhooks.id(order.key()));
        yield Result.done(output, List.of());
      }
    };
  }

  private static Order order(Request request) {
    String body = Json.canonical(request.input().getOrDefault("body", Map.of()));
    if (body.getBytes(StandardCharsets.UTF_8).length > LARGEST_BODY) {
      throw new ActionRefused("body", "body is larger than 256 KiB");
    }
    String method = Objects.requireNonNullElse(request.text("method"), "POST");
    if (!method.equals("POST") && !method.equals("PUT")) {
      throw new ActionRefused("method", "method is POST or PUT");
    }
    String authorization = request.text("authorization");
    // An input that a step leaves out is the trigger's: who sends events chooses no secret.
    if (authorization != null
        && authorization.equals(request.run().triggerData().get("authorization"))) {
      throw new ActionRefused("authorization", "the definition says what authorizes, no event");
    }
    return new Order(
        request.key(),
        WebhookInputs.url(request.required("url").toString()),
        method,
        body,
        WebhookInputs.headers(request.input().get("headers")),
        Objects.requireNonNullElse(request.text("secret"), Webhooks.SECRET),
        authorization);
  }
}
