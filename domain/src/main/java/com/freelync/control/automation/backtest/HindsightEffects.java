package com.freelync.control.automation.backtest;

import com.freelync.control.automation.Action;
import com.freelync.control.automation.Action.Hindsight;
import com.freelync.control.automation.ActionCatalog;
import com.freelync.control.automation.ActionInputs;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.DoneCalls;
import com.freelync.control.automation.Effects;
import com.freelync.control.automation.Interpreter;
import com.freelync.control.automation.RunIdentity;
import com.freelync.control.automation.RunOutcome;
import com.freelync.control.automation.Scope;
import com.freelync.control.automation.Step;
import com.freelync.control.automation.StepPlace;
import com.freelync.control.automation.Until;
import com.freelync.control.automation.backtest.Deeds.End;
import com.freelync.control.condition.Judgement;
import com.freelync.control.event.PastEvents.PastEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Effects in hindsight: what would have been done on an event of the past, by the facts of then
 * alone. People whom a definition asks answer as people decided then.
 */
final class HindsightEffects implements Effects {
  private static final UUID NONE = new UUID(0, 0);

  /** So many items of all loops together are imagined for one event. */
  private static final int MOST_ITEMS = 2_000;

  private final ActionCatalog catalog;
  private final Tried tried;
  private final PastEvent event;
  private final PastLimits limits;
  private final RunIdentity run;
  private final Interpreter interpreter = new Interpreter(this);
  private final DoneCalls done = new DoneCalls();
  private final Deeds deeds = new Deeds();
  private boolean isApprovedByPeople;
  private int left = MOST_ITEMS;

  HindsightEffects(ActionCatalog catalog, Tried tried, PastEvent event, PastLimits limits) {
    this.catalog = catalog;
    this.tried = tried;
    this.event = event;
    this.limits = limits;
    this.run = new RunIdentity(NONE, NONE, 0, "backtest", event.facts(), event.data(), null);
  }

  RunOutcome run() {
    return interpreter.run(tried.definition().steps(), new Scope(event.facts(), event.data()));
  }

  Deeds deeds() {
    return deeds;
  }

  @Override
  public ActionResult perform(ActionCall call) {
    String name = call.step().action();
    Hindsight then;
    try {
      Action action =
          catalog
              .find(name)
              .orElseThrow(() -> new ActionRefused("unknown_action", "there is no action " + name));
      Map<String, Object> input = ActionInputs.complete(action, call.input(), event.data());
      then = action.hindsight(new Action.Request(run, call.place(), 0, input));
    } catch (ActionRefused refused) {
      then = Hindsight.refused(refused.reason());
    }
    if (then.refusal() != null) {
      deeds.add(name, End.REFUSED, BigDecimal.ZERO, 0);
      return new ActionResult.Failed("refused", then.refusal(), null);
    }
    return isApprovedByPeople && then.amount().signum() > 0
        ? done(call, then)
        : withinLimits(call, then);
  }

  private ActionResult withinLimits(ActionCall call, Hindsight then) {
    String name = call.step().action();
    ActionLimits held = tried.limits(name);
    Optional<PastLimits.Full> full = limits.full(name, held, then.amount(), event.at());
    if (full.isEmpty()) {
      limits.take(name, held, then.amount(), event.at());
      return done(call, then);
    }
    Instant room =
        switch (tried.definition().onLimit()) {
          case QUEUE -> limits.room(name, held, then.amount(), event.at());
          case SKIP, ASK, FAIL -> null;
        };
    deeds.heldUp.add(
        new Deeds.HeldUp(
            name,
            full.get().measure(),
            full.get().limit(),
            full.get().window(),
            then.amount(),
            room));
    String why = "The limit of " + name + " was full.";
    return switch (tried.definition().onLimit()) {
      case QUEUE -> {
        if (room == null) {
          deeds.add(name, End.WAITING, then.amount(), 0);
          yield new ActionResult.Failed("limit_full", why, null);
        }
        limits.take(name, held, then.amount(), room);
        yield done(call, then);
      }
      case SKIP -> {
        deeds.add(name, End.SKIPPED, then.amount(), 0);
        yield new ActionResult.Skipped(why);
      }
      case FAIL -> {
        deeds.add(name, End.FAILED, then.amount(), 0);
        yield new ActionResult.Failed("limit_full", why, null);
      }
      case ASK -> {
        deeds.asked = true;
        if (isApprovedThen()) {
          yield done(call, then);
        }
        deeds.add(name, End.SKIPPED, then.amount(), 0);
        yield new ActionResult.Rejected(why);
      }
    };
  }

  private ActionResult done(ActionCall call, Hindsight then) {
    done.add(call);
    deeds.add(call.step().action(), End.DONE, then.amount(), then.messages());
    if (then.approves() != null && !deeds.asked) {
      deeds.approves = then.approves();
    }
    return new ActionResult.Done(then.output());
  }

  private boolean isApprovedThen() {
    return event.decided() == null || event.decided().isApproved();
  }

  @Override
  public ApprovalResult decide(StepPlace place, Step.ApprovalStep step) {
    deeds.asked = true;
    isApprovedByPeople = isApprovedThen();
    return new ApprovalResult(
        isApprovedByPeople ? Answer.APPROVED : Answer.REJECTED,
        event.decided() == null ? List.of() : List.of(event.decided().by()),
        "");
  }

  @Override
  public void pause(StepPlace place, Step.WaitStep step, Until until) {}

  @Override
  public List<Optional<RunOutcome>> together(
      StepPlace place, List<Supplier<Optional<RunOutcome>>> branches) {
    return branches.stream().map(Supplier::get).toList();
  }

  @Override
  public Optional<RunOutcome> each(Loop loop) {
    if (!(loop.items() instanceof List<?> items)) {
      return Optional.empty();
    }
    left -= items.size();
    if (left < 0) {
      return Optional.of(
          new RunOutcome.Failed(
              loop.place(),
              "too_many_items",
              "in hindsight all loops together take " + MOST_ITEMS + " items at most",
              null));
    }
    List<RunOutcome> ends = new ArrayList<>();
    for (int i = 0; i < items.size() && ends.isEmpty(); i++) {
      interpreter
          .item(loop.step(), loop.scope(), loop.place().numbered(i), items.get(i))
          .ifPresent(ends::add);
    }
    return Interpreter.firstOf(ends);
  }

  @Override
  public List<String> undo(StepPlace attempt) {
    List<String> left = new ArrayList<>();
    for (ActionCall undo : done.undoing(attempt)) {
      if (perform(undo) instanceof ActionResult.Failed failed) {
        left.add(undo.step().action() + ": " + failed.message());
      }
    }
    return left;
  }

  @Override
  public void judged(StepPlace place, Step.IfStep step, Judgement judgement) {}

  @Override
  public void skipped(StepPlace place, Step step, String reason) {}

  @Override
  public void noted(StepPlace place, Step step, Map<String, Object> output) {}
}
