package com.freelync.control.parse;

import com.freelync.control.approval.Role;
import com.freelync.control.approval.Slot;
import com.freelync.control.automation.Step;
import com.freelync.control.automation.Step.ActionStep;
import com.freelync.control.automation.Step.ApprovalStep;
import com.freelync.control.automation.Step.ForEachStep;
import com.freelync.control.automation.Step.IfStep;
import com.freelync.control.automation.Step.OnTimeout;
import com.freelync.control.automation.Step.ParallelStep;
import com.freelync.control.automation.Step.StopStep;
import com.freelync.control.automation.Step.TryStep;
import com.freelync.control.automation.Step.WaitStep;
import com.freelync.control.automation.Template;
import com.freelync.control.automation.Vocabulary;
import com.freelync.control.automation.Vocabulary.FactType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds in steps what they speak of and what does not exist, or never comes. */
final class StepChecker {
  private static final Map<String, FactType> ANSWER =
      Map.of("outcome", FactType.TEXT, "by", FactType.LIST, "comment", FactType.TEXT);

  private final Vocabulary vocabulary;
  private final Places places;
  private final Errors errors;
  private final ConditionChecker conditions;
  private final ActionChecker actions;
  private final boolean movesMoney;

  StepChecker(
      Vocabulary vocabulary,
      Places places,
      Errors errors,
      ConditionChecker conditions,
      ActionChecker actions,
      boolean movesMoney) {
    this.vocabulary = vocabulary;
    this.places = places;
    this.errors = errors;
    this.conditions = conditions;
    this.actions = actions;
    this.movesMoney = movesMoney;
  }

  void sequence(List<? extends Step> steps, Known known) {
    boolean isOver = false;
    for (Step step : steps) {
      if (isOver) {
        errors.add(step.path(), "unreachable", "the step before this one ends the run");
        return;
      }
      step(step, known);
      isOver = step instanceof StopStep;
    }
  }

  private void step(Step step, Known known) {
    switch (step) {
      case ActionStep action -> actions.check(action, known);
      case IfStep branch -> {
        conditions.check(branch.when(), branch.path() + "/if", known);
        // What only one branch produces is not known after it: each sees only what came before.
        sequence(branch.then(), known.within());
        sequence(branch.otherwise(), known.within());
      }
      case ParallelStep parallel -> parallel(parallel, known);
      case ForEachStep loop -> loop(loop, known);
      case WaitStep pause -> references(pause.until(), pause.path() + "/wait", known);
      case ApprovalStep approval -> {
        approval(approval);
        known.add(approval.name(), ANSWER);
      }
      case TryStep attempt -> attempt(attempt, known);
      case StopStep stop -> references(stop.reason(), stop.path() + "/stop", known);
    }
  }

  private void references(Object value, String at, Known known) {
    Template.references(value).forEach(path -> known.check(path, at, errors));
  }

  /** Branches do not see each other; after them all that they gave is known. */
  private void parallel(ParallelStep step, Known known) {
    List<Known> ends = new ArrayList<>();
    for (List<Step> branch : step.branches()) {
      Known inner = known.within();
      sequence(branch, inner);
      ends.add(inner);
    }
    ends.forEach(known::takeOver);
  }

  private void loop(ForEachStep step, Known known) {
    String at = step.path() + "/for_each/items";
    references(step.items(), at, known);
    if (step.items() instanceof String reference) {
      known
          .type(Template.references(reference).getFirst())
          .filter(type -> !Types.fits(type, FactType.LIST))
          .ifPresent(
              type ->
                  errors.add(
                      at, "type", reference + " is " + Types.kind(type) + ": a list is needed"));
    }
    sequence(step.steps(), known.with("item"));
    if (step.id() != null) {
      known.add(step.id(), Map.of("count", FactType.NUMBER));
    }
  }

  private void attempt(TryStep step, Known known) {
    Known body = known.within();
    sequence(step.body(), body);
    sequence(step.handler(), known.with("error"));
    sequence(step.last(), known.within());
    // After a failure that was handled, what the body would have given is missing.
    boolean isHandled = step.onError() == Step.OnError.CONTINUE || !step.handler().isEmpty();
    if (!isHandled) {
      known.takeOver(body);
    }
    if (step.id() != null) {
      known.add(step.id(), Map.of("outcome", FactType.TEXT, "error", FactType.ANY));
    }
  }

  private void approval(ApprovalStep step) {
    boolean isAction = places.fields(step.path() + "/approval") == 0;
    String at = step.path() + (isAction ? "/with" : "/approval");
    for (int i = 0; i < step.slots().size(); i++) {
      approvers(step.slots().get(i), at + "/slots/" + i);
    }
    String escalations = at + "/escalate_after";
    step.escalateAfter().forEach((after, slot) -> approvers(slot, escalations));
    comesInTime(step.remindAfter(), step.timeout(), at + "/remind_after");
    step.escalateAfter().keySet().forEach(after -> comesInTime(after, step.timeout(), escalations));
    if (places.fields(escalations) > step.escalateAfter().size()) {
      errors.add(escalations, "duplicate", "two escalations come after the same time");
    }
    if (step.onTimeout() == OnTimeout.APPROVE && movesMoney) {
      errors.add(
          at + "/on_timeout",
          "silence",
          "this definition moves money: silence is no approval; write reject or continue");
    }
    if (step.onTimeout() != OnTimeout.REJECT && step.timeout() == null) {
      errors.add(at + "/on_timeout", "never", "it never times out: give a timeout");
    }
  }

  /** What comes when it is over never comes. */
  private void comesInTime(@Nullable Duration after, @Nullable Duration end, String at) {
    if (after != null && end != null && after.compareTo(end) >= 0) {
      errors.add(
          at,
          "never",
          after + " never comes: it times out after " + end + "; give a time before that");
    }
  }

  /** Who is asked can answer: else a run would wait for nobody. */
  private void approvers(Slot slot, String at) {
    for (Role role : slot.roles()) {
      if (!vocabulary.approvers().contains(role)) {
        List<String> known = vocabulary.approvers().stream().map(Role::name).sorted().toList();
        errors.add(
            at,
            "cannot_approve",
            role.name() + " may not approve; " + Nearest.hint(role.name(), known));
      }
    }
  }
}
