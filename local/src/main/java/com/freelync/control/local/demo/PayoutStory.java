package com.freelync.control.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What the automation of small payouts does, and what nobody can make it do. */
final class PayoutStory {
  static final String AUTOMATION = "Auto-approve low-risk payouts";
  private static final int REPEATS = 100;
  private static final int CONNECTIONS = 8;

  private final World world;
  private final Narrator tell;

  PayoutStory(World world, Narrator tell) {
    this.world = world;
    this.tell = tell;
  }

  void aSmallPayoutIsPaid() {
    String seller = world.newSeller(true, "9");
    long asked = System.nanoTime();
    String payout = world.askForPayout(seller, "4200");
    awaitStatus(payout, "DISBURSED");
    long millis = (System.nanoTime() - asked) / 1_000_000;
    tell.fact(String.format(Locale.ROOT, "paid %d ms after the request", millis));
    JsonNode execution = awaitFinished(payout).getFirst();
    tell.require(
        execution.path("status").asText().equals("COMPLETED"),
        "its execution is COMPLETED",
        execution.toString());
    tell.link("execution", world.api("/admin/executions/" + execution.path("id").asText()));
    tell.link("Temporal UI", execution.path("links").path("temporal_ui").asText());
    tell.link("payout", world.api("/admin/payouts/" + payout));
    tell.ledger(world.payout(payout));
    paidOnce(payout);
    JsonNode book = world.gatewayBook();
    tell.link(
        "gateway",
        "book: "
            + book.path("count").asText()
            + " payments, ETB "
            + book.path("sum").decimalValue().toPlainString());
  }

  /** A payout that the automation has to leave alone because of one condition. */
  void isLeftAlone(boolean verified, String trust, String amount, String decidingField) {
    String payout = world.askForPayout(world.newSeller(verified, trust), amount);
    JsonNode execution = awaitFinished(payout).getFirst();
    tell.require(
        execution.path("status").asText().equals("SKIPPED"),
        "its execution is SKIPPED",
        "it is " + execution.path("status").asText());
    JsonNode deciding = deciding(execution);
    tell.require(
        deciding.path("field").asText().equals(decidingField),
        "decided by: %s %s %s, and it is %s"
            .formatted(
                deciding.path("field").asText(),
                deciding.path("operator").asText(),
                deciding.path("value").asText(),
                deciding.path("actual").asText()),
        "expected " + decidingField + " to decide: " + execution.path("conditions"));
    tell.link("execution", world.api("/admin/executions/" + execution.path("id").asText()));
    notPaid(payout);
  }

  void aForgedAmountIsNotBelieved() {
    String payout = world.askForPayout(world.newSeller(true, "9"), "50000");
    String mark = UUID.randomUUID().toString();
    world
        .publish(new Http(), World.payoutEvent(mark, payout, Map.of("amount", 1, "mark", mark)))
        .orFail("the forged event");
    JsonNode execution =
        World.await(
                "the execution of the forged event",
                () -> ofMark(payout, mark),
                found -> !found.isEmpty())
            .getFirst();
    tell.require(
        execution.path("status").asText().equals("SKIPPED"),
        "the event said ETB 1, the source says ETB 50,000: SKIPPED",
        execution.toString());
    tell.link("execution", world.api("/admin/executions/" + execution.path("id").asText()));
    notPaid(payout);
  }

  void oneEventAHundredTimes() {
    String payout = world.askForPayout(world.newSeller(true, "9"), "1500");
    String mark = UUID.randomUUID().toString();
    Map<String, Object> event = World.payoutEvent(mark, payout, Map.of("mark", mark));
    int accepted = publishAtOnce(event);
    tell.fact(
        REPEATS
            + " times at once over "
            + CONNECTIONS
            + " connections: accepted "
            + accepted
            + " time"
            + (accepted == 1 ? "" : "s")
            + ", the others were duplicates");
    awaitStatus(payout, "DISBURSED");
    awaitFinished(payout);
    List<JsonNode> executions = ofMark(payout, mark);
    tell.require(
        executions.size() == 1, "one execution of this event", "there are " + executions.size());
    tell.link(
        "execution", world.api("/admin/executions/" + executions.getFirst().path("id").asText()));
    paidOnce(payout);
  }

  void aTimeOutAfterSuccessPaysOnce() {
    world.gatewayWill("timeout_after_success", 1);
    String payout = world.askForPayout(world.newSeller(true, "9"), "3100");
    awaitStatus(payout, "DISBURSED");
    tell.fact("the gateway paid and never answered; it was asked by the same key, not paid again");
    tell.link("payout", world.api("/admin/payouts/" + payout));
    paidOnce(payout);
    tell.ledger(world.payout(payout));
  }

  void aRefusalIsTakenBack() {
    world.gatewayWill("refuse", 1);
    String payout = world.askForPayout(world.newSeller(true, "9"), "2750");
    awaitStatus(payout, "FAILED");
    tell.fact("the gateway refused: the payout is FAILED, its bookings are taken back");
    tell.link("payout", world.api("/admin/payouts/" + payout));
    tell.ledger(world.payout(payout));
    List<JsonNode> paid = world.paidByGateway(payout);
    tell.require(paid.isEmpty(), "the gateway's book agrees: nothing was paid", paid.toString());
  }

  private void awaitStatus(String payout, String status) {
    World.await(
        "the payout's status " + status, () -> world.statusInMarketplace(payout), status::equals);
  }

  private List<JsonNode> awaitFinished(String payout) {
    return World.await(
        "the end of the execution",
        () -> world.executionsOf(payout, AUTOMATION),
        found ->
            !found.isEmpty()
                && found.stream()
                    .map(execution -> execution.path("status").asText())
                    .noneMatch(List.of("PENDING", "RUNNING")::contains));
  }

  private List<JsonNode> ofMark(String payout, String mark) {
    return world.executionsOf(payout, AUTOMATION).stream()
        .filter(e -> e.path("trigger").path("data").path("mark").asText().equals(mark))
        .toList();
  }

  private void notPaid(String payout) {
    tell.require(
        world.statusInMarketplace(payout).equals("REQUESTED")
            && world.paidByGateway(payout).isEmpty(),
        "the payout is REQUESTED still, nothing was paid",
        "it is " + world.statusInMarketplace(payout));
  }

  private void paidOnce(String payout) {
    List<JsonNode> paid = world.paidByGateway(payout);
    tell.require(
        paid.size() == 1, "the gateway paid once", "it paid " + paid.size() + " times: " + paid);
    tell.link("gateway", world.gateway("/disbursements?payout_id=" + payout));
  }

  /** The condition that decided: the one marked so, else the first that does not hold. */
  private static JsonNode deciding(JsonNode execution) {
    for (String sign : List.of("deciding", "holds")) {
      for (JsonNode condition : execution.path("conditions")) {
        if (condition.path(sign).asBoolean() == sign.equals("deciding")
            && !condition.path("holds").asBoolean()) {
          return condition;
        }
      }
    }
    throw new StepFailed("no condition decided: " + execution.path("conditions"));
  }

  private int publishAtOnce(Map<String, Object> event) {
    AtomicInteger left = new AtomicInteger(REPEATS);
    Callable<Integer> connection =
        () -> {
          Http http = new Http();
          int accepted = 0;
          while (left.getAndDecrement() > 0) {
            accepted += world.publish(http, event).orFail("the event").path("accepted").asInt();
          }
          return accepted;
        };
    try (ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        running.add(connections.submit(connection));
      }
      int accepted = 0;
      for (Future<Integer> one : running) {
        accepted += one.get();
      }
      return accepted;
    } catch (ExecutionException e) {
      throw new StepFailed("one of the " + REPEATS + " events: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailed("interrupted");
    }
  }
}
