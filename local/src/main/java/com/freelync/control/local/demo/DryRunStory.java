package com.freelync.control.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What would happen, asked without anything happening. */
final class DryRunStory {
  private static final String SAMPLE = "Auto-approve low-risk payouts";

  private final World world;
  private final Narrator tell;

  DryRunStory(World world, Narrator tell) {
    this.world = world;
    this.tell = tell;
  }

  void saysWhatWouldHappen() {
    String payout = world.askForPayout(world.newSeller(true, "9"), "5001");
    String workflow = sample().path("id").asText();
    JsonNode answer =
        world.post(
            "/admin/workflows/" + workflow + "/dry-run",
            "admin",
            Map.of("trigger_data", Map.of("payout_id", payout)));
    tell.require(
        answer.has("matched") && !answer.path("matched").asBoolean(),
        "'" + SAMPLE + "' would not match this payout of ETB 5,001",
        answer.toString());
    for (JsonNode condition : answer.path("conditions")) {
      tell.fact(
          "%s %s %s: it is %s, so it %s"
              .formatted(
                  condition.path("field").asText(),
                  condition.path("operator").asText(),
                  condition.path("value").asText(),
                  condition.path("actual").asText(),
                  condition.path("holds").asBoolean() ? "holds" : "does not hold"));
    }
    tell.link("automation", world.api("/admin/workflows/" + workflow));
    tell.require(
        world.statusInMarketplace(payout).equals("REQUESTED"),
        "and nothing has happened to it",
        "it is " + world.statusInMarketplace(payout));
  }

  private JsonNode sample() {
    for (JsonNode workflow : world.get("/admin/workflows?limit=200").path("items")) {
      if (workflow.path("name").asText().equals(SAMPLE)) {
        return workflow;
      }
    }
    throw new StepFailed("there is no automation '" + SAMPLE + "'");
  }
}
