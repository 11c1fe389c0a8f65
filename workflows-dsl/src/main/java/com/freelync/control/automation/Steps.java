package com.freelync.control.automation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Steps by name and by place. */
public final class Steps {
  private Steps() {}

  /** The step at a path, however deep. */
  public static Optional<Step> find(List<Step> steps, String path) {
    for (Step step : steps) {
      if (step.path().equals(path)) {
        return Optional.of(step);
      }
      if (path.startsWith(step.path() + "/")) {
        return find(within(step).toList(), path);
      }
    }
    return Optional.empty();
  }

  /** Every step in the order of the definition, however deep. */
  public static Stream<Step> all(List<Step> steps) {
    return steps.stream()
        .flatMap(step -> Stream.concat(Stream.of(step), all(within(step).toList())));
  }

  /** Every step that performs an action, in the order of the definition, however deep. */
  public static Stream<Step.ActionStep> actions(List<Step> steps) {
    return all(steps).filter(Step.ActionStep.class::isInstance).map(Step.ActionStep.class::cast);
  }

  /** The steps that stand directly within a step. */
  private static Stream<Step> within(Step step) {
    return sequences(step).stream().flatMap(List::stream);
  }

  /** The sequences of steps that stand directly within a step, in the order of the definition. */
  public static List<List<Step>> sequences(Step step) {
    return switch (step) {
      case Step.ActionStep action -> List.of(new ArrayList<>(action.compensate()));
      case Step.IfStep branch -> List.of(branch.then(), branch.otherwise());
      case Step.ParallelStep parallel -> parallel.branches();
      case Step.ForEachStep loop -> List.of(loop.steps());
      case Step.WaitStep wait -> List.of();
      case Step.ApprovalStep approval -> List.of();
      case Step.TryStep attempt -> List.of(attempt.body(), attempt.handler(), attempt.last());
      case Step.StopStep stop -> List.of();
    };
  }

  /** Whether a run is at its end once the step at a path is done, whatever came before. */
  public static boolean isLast(List<Step> steps, String path) {
    if (steps.isEmpty()) {
      return false;
    }
    Step last = steps.getLast();
    return last.path().equals(path)
        || (last instanceof Step.IfStep branch
            && (isLast(branch.then(), path) || isLast(branch.otherwise(), path)));
  }

  /** The action's name, or the construct's word. */
  public static String kind(Step step) {
    return switch (step) {
      case Step.ActionStep action -> action.action();
      case Step.IfStep branch -> "if";
      case Step.ParallelStep parallel -> "parallel";
      case Step.ForEachStep loop -> "for_each";
      case Step.WaitStep wait -> "wait";
      case Step.ApprovalStep approval -> "approval";
      case Step.TryStep attempt -> "try";
      case Step.StopStep stop -> "stop";
    };
  }
}
