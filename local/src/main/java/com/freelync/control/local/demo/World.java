package com.freelync.control.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.local.stack.StackState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What can be done and seen from outside: marketplace, control center, gateway. */
final class World {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StackState stack;
  private final Http http = new Http();
  private final Map<String, String> tokens = new HashMap<>();

  World(StackState stack) {
    this.stack = stack;
  }

  String api(String path) {
    return stack.address("api") + path;
  }

  String gateway(String path) {
    return stack.address("gateway") + path;
  }

  /** A person's bearer token. */
  synchronized String token(String person) {
    return tokens.computeIfAbsent(
        person,
        name ->
            http.post(stack.address("issuer") + "/token", null, Map.of("person", name))
                .orFail("a token for " + name)
                .path("access_token")
                .asText());
  }

  String newSeller(boolean verified, String trust) {
    Map<String, Object> seller = Map.of("verified", verified, "trust_score", new BigDecimal(trust));
    return http.post(stack.address("marketplace") + "/sellers", null, seller)
        .orFail("a new seller")
        .path("id")
        .asText();
  }

  /** A seller asks for a payout; the marketplace sends the event by itself. */
  String askForPayout(String seller, String amount) {
    Map<String, Object> payout = Map.of("seller_id", seller, "amount", new BigDecimal(amount));
    return http.post(stack.address("marketplace") + "/payouts", null, payout)
        .orFail("a payout request")
        .path("id")
        .asText();
  }

  /** The payout as the marketplace shows it to its seller. */
  String statusInMarketplace(String payout) {
    return http.get(stack.address("marketplace") + "/payouts/" + payout, null)
        .orFail("the payout")
        .path("status")
        .asText();
  }

  /** The payout as operators see it, with its ledger. */
  JsonNode payout(String payout) {
    return get("/admin/payouts/" + payout);
  }

  /** An automation's executions about a payout, whole. */
  List<JsonNode> executionsOf(String payout, String automation) {
    List<JsonNode> executions = new ArrayList<>();
    for (JsonNode execution : payout(payout).path("executions")) {
      String id = execution.isTextual() ? execution.asText() : execution.path("id").asText();
      JsonNode whole = get("/admin/executions/" + id);
      if (whole.path("workflow_name").asText().equals(automation)) {
        executions.add(whole);
      }
    }
    return executions;
  }

  /** Where the mails that were sent can be read. */
  String mails() {
    return stack.address("mail");
  }

  /** How many mails to a person's address speak of something. */
  long mailsTo(String person, String about) {
    long found = 0;
    for (JsonNode mail : http.get(mails() + "/messages", null).orFail("the mails").path("items")) {
      boolean isTo = mail.path("to").toString().contains(person + "@");
      found += isTo && mail.toString().contains(about) ? 1 : 0;
    }
    return found;
  }

  JsonNode get(String path) {
    return http.get(api(path), token("admin")).orFail("GET " + path);
  }

  JsonNode post(String path, String person, Map<String, ?> body) {
    return http.post(api(path), token(person), body).orFail("POST " + path);
  }

  /** What a person is answered, whatever it is. */
  Http.Answer answer(String path, String person, Map<String, ?> body) {
    return http.post(api(path), token(person), body);
  }

  JsonNode change(String path, String person, Map<String, ?> body) {
    return http.patch(api(path), token(person), body).orFail("PATCH " + path);
  }

  /** An event about a payout, said by someone who may publish events. */
  static Map<String, Object> payoutEvent(String id, String payout, Map<String, ?> claims) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("payout_id", payout);
    data.putAll(claims);
    return Map.of(
        "specversion", "1.0",
        "id", id,
        "source", "/demo",
        "type", "payout.requested",
        "time", Instant.now().toString(),
        "datacontenttype", "application/json",
        "data", data);
  }

  /** Sends an event over a connection. */
  Http.Answer publish(Http connection, Map<String, ?> event) {
    return connection.post(
        api("/events"), token("marketplace"), "application/cloudevents+json", event);
  }

  void gatewayWill(String fault, int times) {
    http.post(gateway("/faults"), null, Map.of("mode", fault, "times", times))
        .orFail("a fault of the gateway");
  }

  void gatewayWillBehave() {
    http.delete(gateway("/faults"));
  }

  /** The payments that the gateway made for a payout. */
  List<JsonNode> paidByGateway(String payout) {
    List<JsonNode> paid = new ArrayList<>();
    for (JsonNode item :
        http.get(gateway("/disbursements?payout_id=" + payout), null)
            .orFail("the gateway's disbursements")
            .path("items")) {
      if (item.path("status").asText().equals("PAID")) {
        paid.add(item);
      }
    }
    return paid;
  }

  JsonNode gatewayBook() {
    return http.get(gateway("/book"), null).orFail("the gateway's book");
  }

  /** Looks again and again until it is as wanted; after a minute it fails with what was seen. */
  static <T> T await(String what, Supplier<T> look, Predicate<T> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      T seen = look.get();
      if (wanted.test(seen)) {
        return seen;
      }
      if (System.nanoTime() > deadline) {
        throw new StepFailed(what + " did not come within a minute; it is " + seen);
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StepFailed("interrupted");
      }
    }
  }
}
