package com.freelync.control.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What people decide: on a large payout, and on an automation that moves money. */
final class PeopleStory {
  private static final String AUTOMATION = "Large payouts";

  private final World world;
  private final Narrator tell;

  PeopleStory(World world, Narrator tell) {
    this.world = world;
    this.tell = tell;
  }

  void aLargePayoutWaitsAndIsPaid() {
    String payout = world.askForPayout(world.newSeller(true, "9"), "50000");
    JsonNode waiting = awaitWaiting(payout);
    String path = path(waiting);
    tell.require(
        waiting.path("waits_for").path("open_slots").toString().equals("[[\"CFO\"]]"),
        "it waits for the CFO since " + waiting.path("waits_for").path("since").asText(),
        waiting.toString());
    tell.link("execution", world.api(path));
    tell.link("Temporal UI", waiting.path("links").path("temporal_ui").asText());
    tell.link("my list", world.api("/admin/approvals?mine=true"));
    World.await("the CFO's mail", () -> world.mailsTo("cfo", payout), found -> found > 0);
    tell.link("mail", world.mails());
    refused(path, "admin", 403, "who has no such role is refused");
    refused(path, "ceo", 403, "the CEO is not asked yet: refused");
    JsonNode decided =
        world.post(
            path + "/approve",
            "cfo",
            Map.of(
                "comment",
                "Checked with the bank.",
                "content_hash",
                waiting.path("waits_for").path("content_hash").asText()));
    tell.fact("the CFO approves: the execution is " + decided.path("status").asText());
    refused(path, "founder", 409, "a second word comes too late");
    World.await("the payment", () -> world.statusInMarketplace(payout), "DISBURSED"::equals);
    List<JsonNode> paid = world.paidByGateway(payout);
    tell.require(paid.size() == 1, "the gateway paid once", paid.toString());
    tell.link("payout", world.api("/admin/payouts/" + payout));
  }

  void aLargePayoutIsRejected() {
    String payout = world.askForPayout(world.newSeller(true, "9"), "60000");
    String path = path(awaitWaiting(payout));
    world.post(path + "/reject", "cfo", Map.of("comment", "The account is disputed."));
    World.await("the rejection", () -> world.statusInMarketplace(payout), "REJECTED"::equals);
    tell.fact("the CFO rejects: the payout is REJECTED, and the reason is kept");
    tell.link("execution", world.api(path));
    tell.require(
        world.paidByGateway(payout).isEmpty(), "nothing was paid", "the gateway paid all the same");
  }

  void anAutomationThatMovesMoneyWaits() {
    JsonNode made =
        world.post(
            "/admin/workflows",
            "admin",
            Map.of(
                "name",
                "Approve very small payouts (demo)",
                "trigger",
                "event: payout.requested",
                "conditions",
                List.of(Map.of("field", "amount", "operator", "lt", "value", 1)),
                "actions",
                List.of("approve_payout"),
                "status",
                "ACTIVE"));
    String path = "/admin/workflows/" + made.path("id").asText();
    tell.require(
        made.path("status").asText().equals("PENDING"),
        "an admin wants it ACTIVE; it moves money, so it is PENDING until the CFO agrees",
        made.toString());
    tell.link("automation", world.api(path));
    refused(path, "ceo", 403, "the CEO is not asked: refused");
    JsonNode active = world.post(path + "/approve", "cfo", Map.of("comment", "Within policy."));
    tell.require(
        active.path("status").asText().equals("ACTIVE"),
        "the CFO approves exactly this version: ACTIVE",
        active.toString());
    world.change(path, "admin", Map.of("status", "ARCHIVED"));
    tell.fact("the story archives it again");
  }

  private JsonNode awaitWaiting(String payout) {
    return World.await(
            "the question to people",
            () -> world.executionsOf(payout, AUTOMATION),
            found ->
                !found.isEmpty()
                    && found.getFirst().path("status").asText().equals("AWAITING_APPROVAL"))
        .getFirst();
  }

  private static String path(JsonNode execution) {
    return "/admin/executions/" + execution.path("id").asText();
  }

  private void refused(String path, String person, int status, String fact) {
    Http.Answer answer = world.answer(path + "/approve", person, Map.of());
    tell.require(
        answer.status() == status,
        fact + " (" + status + ")",
        "it was answered " + answer.status() + ": " + answer.body());
  }
}
