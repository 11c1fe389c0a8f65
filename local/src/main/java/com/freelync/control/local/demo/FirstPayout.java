package com.freelync.control.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.local.stack.StackState;

/**
 * The sample marketplace's newest payout, paid by the sample automation: something to look at in
 * Temporal's UI from the start. It also takes every part through its work once, so that what people
 * try next is not slowed by a process that has just been born.
 */
public final class FirstPayout {
  private FirstPayout() {}

  /** Asks for it, waits until it is paid, and says where it is seen. */
  public static String pay(StackState stack) {
    World world = new World(stack);
    try {
      String payout = world.askForPayout(world.newSeller(true, "9.5"), "950");
      World.await(
          "the payout",
          () -> world.executionsOf(payout, PayoutStory.AUTOMATION),
          found ->
              !found.isEmpty()
                  && found.getFirst().path("status").asText().equals("COMPLETED")
                  && world.statusInMarketplace(payout).equals("DISBURSED"));
      JsonNode execution = world.executionsOf(payout, PayoutStory.AUTOMATION).getFirst();
      return "a first payout was paid by the sample automation: "
          + execution.path("links").path("temporal_ui").asText();
    } catch (StepFailed failed) {
      return "the first payout was not paid: " + failed.getMessage();
    }
  }
}
