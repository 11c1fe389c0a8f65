package com.freelync.control.automation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Steps by name and by place. */
public final class Steps {
  private Steps() {}

  /** The step at a path, however deep. */
  public static Optional<Step> find(List<Step> steps, String path) {
    for (Step step : steps) {
      Optional<Step> found =
          step.path().equals(path) ? Optional.of(step) : find(within(step), path);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Every step that performs an action, in the order of the definition, however deep. */
  public static Stream<Step.ActionStep> actions(List<Step> steps) {
    return steps.stream()
        .flatMap(
            step ->
                step instanceof Step.ActionStep action ? Stream.of(action) : actions(within(step)));
  }

  private static List<Step> within(Step step) {
    return switch (step) {
      case Step.ActionStep action -> List.of();
      case Step.IfStep branch ->
          Stream.concat(branch.then().stream(), branch.otherwise().stream()).toList();
      case Step.ApprovalStep approval -> List.of();
    };
  }

  /** The action's name, or the construct's word. */
  public static String kind(Step step) {
    return switch (step) {
      case Step.ActionStep action -> action.action();
      case Step.IfStep branch -> "if";
      case Step.ApprovalStep approval -> "approval";
    };
  }
}
