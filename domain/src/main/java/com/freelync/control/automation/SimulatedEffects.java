package com.freelync.control.automation;

import com.freelync.control.automation.Action.EntityRef;
import com.freelync.control.automation.Action.Estimate;
import com.freelync.control.automation.DryRun.Outcome;
import com.freelync.control.automation.DryRun.PlannedApproval;
import com.freelync.control.automation.DryRun.PlannedStep;
import com.freelync.control.automation.safety.Call;
import com.freelync.control.automation.safety.Foresight;
import com.freelync.control.condition.Judgement;
import com.freelync.control.condition.Truth;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Effects that only say what would happen. They see the database through a read-only handle. */
final class SimulatedEffects implements Effects {
  /** So many steps are shown; what comes after is counted. */
  private static final int MOST_SHOWN = 2_000;

  /** So many items are imagined, of all loops together. */
  private static final int MOST_ITEMS = 20_000;

  private final Handle handle;
  private final ActionCatalog catalog;
  private final Definition definition;
  private final RunIdentity run;
  private final Foresight foresight;
  private final Interpreter interpreter = new Interpreter(this);
  private final Foreseen foreseen = new Foreseen();
  private final List<PlannedStep> steps = new ArrayList<>();
  private final List<PlannedApproval> approvals = new ArrayList<>();
  private final DoneCalls called = new DoneCalls();
  private final Set<EntityRef> entities = new LinkedHashSet<>();
  private BigDecimal amount = BigDecimal.ZERO;
  private int messages;
  private int left = MOST_ITEMS;
  private int planned;
  private boolean isApproved;

  SimulatedEffects(
      Handle handle,
      ActionCatalog catalog,
      Definition definition,
      RunIdentity run,
      Foresight foresight) {
    this.handle = handle;
    this.catalog = catalog;
    this.definition = definition;
    this.run = run;
    this.foresight = foresight;
  }

  /** Goes through the whole definition. */
  RunOutcome run() {
    return interpreter.run(definition.steps(), new Scope(run.facts(), run.triggerData()));
  }

  @Override
  public ActionResult perform(ActionCall call) {
    String name = call.step().action();
    Map<String, Object> input = call.input();
    Estimate estimate;
    Call gate;
    try {
      Action action =
          catalog
              .find(name)
              .orElseThrow(() -> new ActionRefused("unknown_action", "there is no action " + name));
      input = ActionInputs.complete(action, input, run.triggerData());
      estimate = action.estimate(handle, new Action.Request(run, call.place(), 0, input), foreseen);
      gate = gate(call, action);
    } catch (ActionRefused e) {
      return refused(call, input, e.code(), e.reason());
    }
    if (estimate.refusal() != null) {
      return refused(call, input, "refused", estimate.refusal());
    }
    Optional<String> limited =
        estimate.isNew() ? foresight.holdsUp(handle, gate, estimate.amount()) : Optional.empty();
    if (limited.isEmpty()) {
      note(call.place(), name, input, Outcome.WOULD_RUN, estimate.note());
      return done(call, estimate);
    }
    note(call.place(), name, input, Outcome.WOULD_BE_LIMITED, limited.get());
    return switch (definition.onLimit()) {
      case QUEUE, ASK -> done(call, estimate);
      case SKIP -> new ActionResult.Skipped(limited.get());
      case FAIL -> new ActionResult.Failed("limit_full", limited.get(), null);
    };
  }

  private ActionResult done(ActionCall call, Estimate estimate) {
    called.add(call);
    entities.addAll(estimate.affected());
    amount = amount.add(estimate.amount());
    messages += estimate.messages();
    return new ActionResult.Done(estimate.output());
  }

  private ActionResult refused(
      ActionCall call, Map<String, Object> input, String code, String why) {
    note(call.place(), call.step().action(), input, Outcome.WOULD_FAIL, why);
    return new ActionResult.Failed(code, why, null);
  }

  private Call gate(ActionCall call, Action action) {
    String name = call.step().action();
    return new Call(
        run.executionId(),
        call.place(),
        0,
        run.workflowId(),
        name,
        action.traits().limits(),
        definition.limits().getOrDefault(name, ActionLimits.NONE),
        isApproved && action.signature().movesMoney(),
        definition.onLimit() == OnLimit.QUEUE);
  }

  /** It would be approved: else there would be nothing to see after it. */
  @Override
  public ApprovalResult decide(StepPlace place, Step.ApprovalStep step) {
    List<List<String>> slots = Effects.names(step.slots());
    approvals.add(new PlannedApproval(step.name(), slots));
    note(place, "approval", Map.of(), Outcome.WOULD_WAIT, "for " + slots);
    isApproved = true;
    return new ApprovalResult(Answer.APPROVED, List.of(), "");
  }

  @Override
  public void pause(StepPlace place, Step.WaitStep step, Until until) {
    String how =
        switch (until) {
          case Until.For wait -> "for " + wait.duration();
          case Until.At at -> "until " + at.instant();
        };
    note(place, "wait", Map.of(), Outcome.WOULD_WAIT, how);
  }

  @Override
  public List<Optional<RunOutcome>> together(
      StepPlace place, List<Supplier<Optional<RunOutcome>>> branches) {
    return branches.stream().map(Supplier::get).toList();
  }

  @Override
  public Optional<RunOutcome> each(Loop loop) {
    if (!(loop.items() instanceof List<?> items)) {
      return Optional.of(
          new RunOutcome.Failed(
              loop.place(), "not_a_list", "the items are known only to the run", null));
    }
    left -= items.size();
    if (left < 0) {
      return Optional.of(
          new RunOutcome.Failed(
              loop.place(),
              RunNotes.TOO_MANY,
              "all loops together would take more than " + MOST_ITEMS + " items",
              null));
    }
    int batch = loop.step().batch();
    note(
        loop.place(),
        "for_each",
        Map.of("count", items.size(), "batch", batch),
        Outcome.WOULD_RUN,
        items.size() + " items, " + batch + " at a time");
    List<RunOutcome> ends = new ArrayList<>();
    for (int from = 0; from < items.size() && ends.isEmpty(); from += batch) {
      for (int i = from; i < Math.min(items.size(), from + batch); i++) {
        interpreter
            .item(loop.step(), loop.scope(), loop.place().numbered(i), items.get(i))
            .ifPresent(ends::add);
      }
    }
    return Interpreter.firstOf(ends);
  }

  @Override
  public List<String> undo(StepPlace attempt) {
    List<String> left = new ArrayList<>();
    for (ActionCall undo : called.undoing(attempt)) {
      if (perform(undo) instanceof ActionResult.Failed failed) {
        left.add(undo.step().action() + ": " + failed.message());
      }
    }
    return left;
  }

  @Override
  public void judged(StepPlace place, Step.IfStep step, Judgement judgement) {
    Outcome outcome = judgement.truth() == Truth.UNDECIDED ? Outcome.WOULD_FAIL : Outcome.WOULD_RUN;
    note(place, "if", Map.of(), outcome, judgement.reason());
  }

  @Override
  public void skipped(StepPlace place, Step step, String reason) {
    note(place, Steps.kind(step), Map.of(), Outcome.WOULD_SKIP, reason);
  }

  @Override
  public void noted(StepPlace place, Step step, Map<String, Object> output) {
    note(place, Steps.kind(step), new LinkedHashMap<>(output), Outcome.WOULD_RUN, null);
  }

  private void note(
      StepPlace place,
      String action,
      Map<String, Object> input,
      Outcome outcome,
      @Nullable String reason) {
    planned++;
    if (steps.size() < MOST_SHOWN) {
      steps.add(new PlannedStep(place.path(), place.item(), action, input, outcome, reason));
    }
  }

  /** The first steps, in the order in which they would be taken. */
  List<PlannedStep> steps() {
    return steps;
  }

  /** All steps that would be taken. */
  int stepCount() {
    return planned;
  }

  List<PlannedApproval> approvals() {
    return approvals;
  }

  DryRun.Impact impact() {
    return new DryRun.Impact(List.copyOf(entities), amount, messages);
  }
}
