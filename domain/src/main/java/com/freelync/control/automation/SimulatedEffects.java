package com.freelync.control.automation;

import com.freelync.control.automation.Action.EntityRef;
import com.freelync.control.automation.Action.Estimate;
import com.freelync.control.automation.DryRun.Outcome;
import com.freelync.control.automation.DryRun.PlannedApproval;
import com.freelync.control.automation.DryRun.PlannedStep;
import com.freelync.control.condition.Judgement;
import com.freelync.control.condition.Truth;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Effects that only say what would happen. They see the database through a read-only handle. */
final class SimulatedEffects implements Effects {
  private final Handle handle;
  private final ActionCatalog catalog;
  private final RunIdentity run;
  private final Foreseen foreseen = new Foreseen();
  private final List<PlannedStep> steps = new ArrayList<>();
  private final List<PlannedApproval> approvals = new ArrayList<>();
  private final Set<EntityRef> entities = new LinkedHashSet<>();
  private BigDecimal amount = BigDecimal.ZERO;
  private int messages;

  SimulatedEffects(Handle handle, ActionCatalog catalog, RunIdentity run) {
    this.handle = handle;
    this.catalog = catalog;
    this.run = run;
  }

  @Override
  public ActionResult perform(ActionCall call) {
    String path = call.step().path();
    String name = call.step().action();
    Map<String, Object> input = call.input();
    Estimate estimate;
    try {
      Action action =
          catalog
              .find(name)
              .orElseThrow(() -> new ActionRefused("unknown_action", "there is no action " + name));
      input = ActionInputs.complete(action, input, run.triggerData());
      estimate =
          action.estimate(handle, new Action.Request(run, StepPlace.of(path), 0, input), foreseen);
    } catch (ActionRefused e) {
      estimate = Estimate.refused(e.reason());
    }
    if (estimate.refusal() != null) {
      note(path, name, input, Outcome.WOULD_FAIL, estimate.refusal());
      return new ActionResult.Failed("refused", estimate.refusal(), null);
    }
    note(path, name, input, Outcome.WOULD_RUN, estimate.note());
    entities.addAll(estimate.affected());
    amount = amount.add(estimate.amount());
    messages += estimate.messages();
    return new ActionResult.Done(estimate.output());
  }

  @Override
  public ApprovalResult decide(Step.ApprovalStep step) {
    List<List<String>> slots = Effects.names(step.slots());
    approvals.add(new PlannedApproval(step.name(), slots));
    note(step.path(), "approval", Map.of(), Outcome.WOULD_WAIT, "for " + slots);
    return new ApprovalResult(true, "APPROVED", List.of(), "");
  }

  @Override
  public void judged(Step.IfStep step, Judgement judgement) {
    Outcome outcome = judgement.truth() == Truth.UNDECIDED ? Outcome.WOULD_FAIL : Outcome.WOULD_RUN;
    note(step.path(), "if", Map.of(), outcome, judgement.reason());
  }

  @Override
  public void skipped(Step step, String reason) {

    note(step.path(), Steps.kind(step), Map.of(), Outcome.WOULD_SKIP, reason);
  }

  private void note(
      String path,
      String action,
      Map<String, Object> input,
      Outcome outcome,
      @Nullable String reason) {
    steps.add(new PlannedStep(path, action, input, outcome, reason));
  }

  List<PlannedStep> steps() {
    return steps;
  }

  List<PlannedApproval> approvals() {
    return approvals;
  }

  DryRun.Impact impact() {
    return new DryRun.Impact(List.copyOf(entities), amount, messages);
  }
}
