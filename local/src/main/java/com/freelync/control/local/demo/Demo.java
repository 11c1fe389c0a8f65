package com.freelync.control.local.demo;

import com.freelync.control.local.stack.StackState;
import java.io.PrintStream;

/** The story of the payouts against a running stack; it can be walked any number of times. */
public final class Demo {
  private Demo() {}

  /**
   * Tells it.
   *
   * @return how many steps are not as they should be
   */
  public static int tell(StackState stack, PrintStream out) {
    World world = new World(stack);
    Narrator tell = new Narrator(out);
    PayoutStory payouts = new PayoutStory(world, tell);
    PeopleStory people = new PeopleStory(world, tell);
    DryRunStory dryRuns = new DryRunStory(world, tell);
    world.gatewayWillBehave();
    tell.step("A verified seller with trust 9 asks for ETB 4,200", payouts::aSmallPayoutIsPaid);
    tell.step(
        "ETB 5,001 is more than the automation may approve",
        () -> payouts.isLeftAlone(true, "9", "5001", "amount"));
    tell.step(
        "A seller who is not verified",
        () -> payouts.isLeftAlone(false, "9", "4200", "seller.verified"));
    tell.step(
        "A seller with trust 7",
        () -> payouts.isLeftAlone(true, "7", "4200", "seller.trust_score"));
    tell.step(
        "A forged event says ETB 1 of a payout of ETB 50,000", payouts::aForgedAmountIsNotBelieved);
    tell.step("The same event, 100 times at once", payouts::oneEventAHundredTimes);
    tell.step("The gateway pays and never answers", payouts::aTimeOutAfterSuccessPaysOnce);
    tell.step("The gateway refuses", payouts::aRefusalIsTakenBack);
    tell.step("A payout of ETB 50,000 waits for people", people::aLargePayoutWaitsAndIsPaid);
    tell.step("Another one is rejected", people::aLargePayoutIsRejected);
    tell.step("An automation that moves money", people::anAutomationThatMovesMoneyWaits);
    tell.step("What would happen? A dry run", dryRuns::saysWhatWouldHappen);
    world.gatewayWillBehave();
    out.println();
    out.println(
        tell.failures() == 0
            ? "Every step is as it should be."
            : tell.failures() + " steps are not as they should be.");
    return tell.failures();
  }
}
