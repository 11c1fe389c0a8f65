package com.freelync.control.automation;

import com.freelync.control.automation.Effects.ActionCall;
import com.freelync.control.automation.Effects.ActionResult;
import com.freelync.control.automation.Effects.ApprovalResult;
import com.freelync.control.automation.Step.ActionStep;
import com.freelync.control.automation.Step.ApprovalStep;
import com.freelync.control.automation.Step.IfStep;
import com.freelync.control.condition.Judge;
import com.freelync.control.condition.Judgement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the steps of a definition. It has no clock, no randomness and no I/O, so the same
 * definition, facts and answers of {@link Effects} always give the same calls in the same order.
 */
public final class Interpreter {
  private final Scope scope;
  private final Effects effects;

  /** An interpreter for one run. */
  public Interpreter(Scope scope, Effects effects) {
    this.scope = scope;
    this.effects = effects;
  }

  /** Takes the steps in order until the end or the first that ends the run. */
  public RunOutcome run(List<Step> steps) {
    return sequence(steps).orElseGet(RunOutcome.Completed::new);
  }

  private Optional<RunOutcome> sequence(List<Step> steps) {
    for (Step step : steps) {
      Optional<RunOutcome> end = take(step);
      if (end.isPresent()) {
        return end;
      }
    }
    return Optional.empty();
  }

  private Optional<RunOutcome> take(Step step) {
    return switch (step) {
      case ActionStep action -> perform(action);
      case IfStep branch -> choose(branch);
      case ApprovalStep approval -> decide(approval);
    };
  }

  private Optional<RunOutcome> perform(ActionStep step) {
    Map<String, Object> input;
    try {
      input = Template.resolve(step.with(), scope);
    } catch (Template.MissingReference e) {
      return failed(step, "missing_reference", String.valueOf(e.getMessage()));
    }
    return switch (effects.perform(new ActionCall(step, input))) {
      case ActionResult.Done done -> {
        if (step.id() != null) {
          scope.put(step.id(), done.output());
        }
        yield Optional.empty();
      }
      case ActionResult.Failed failed ->
          Optional.of(
              new RunOutcome.Failed(
                  step.path(), failed.type(), failed.message(), failed.stackTrace()));
    };
  }

  private Optional<RunOutcome> choose(IfStep step) {
    Judgement judgement = Judge.judge(step.when(), scope);
    effects.judged(step, judgement);
    return switch (judgement.truth()) {
      case HOLDS -> {
        skip(step.otherwise(), judgement);
        yield sequence(step.then());
      }
      case FAILS -> {
        skip(step.then(), judgement);
        yield sequence(step.otherwise());
      }
      case UNDECIDED -> failed(step, "undecided_condition", judgement.reason());
    };
  }

  private void skip(List<Step> steps, Judgement judgement) {
    steps.forEach(step -> effects.skipped(step, judgement.reason()));
  }

  private Optional<RunOutcome> decide(ApprovalStep step) {
    ApprovalResult result = effects.decide(step);
    scope.put(
        step.name(),
        Map.of("outcome", result.outcome(), "by", result.by(), "comment", result.comment()));
    return result.approved() || step.continueOnReject()
        ? Optional.empty()
        : Optional.of(new RunOutcome.Rejected(step.path(), result.comment()));
  }

  private static Optional<RunOutcome> failed(Step step, String type, String message) {
    return Optional.of(new RunOutcome.Failed(step.path(), type, message, null));
  }
}
