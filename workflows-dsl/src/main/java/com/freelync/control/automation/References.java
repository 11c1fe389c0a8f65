package com.freelync.control.automation;

import com.freelync.control.condition.Condition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** To what steps refer. */
final class References {
  private References() {}

  /** Every path to which steps refer, in inputs and conditions, however deep; in order. */
  static Set<String> of(List<Step> steps) {
    Set<String> paths = new TreeSet<>();
    Steps.all(steps).forEach(step -> collect(step, paths));
    return paths;
  }

  private static void collect(Step step, Set<String> paths) {
    switch (step) {
      case Step.ActionStep action -> paths.addAll(Template.references(action.with()));
      case Step.IfStep branch -> collect(branch.when(), paths);
      case Step.ForEachStep loop -> paths.addAll(Template.references(loop.items()));
      case Step.WaitStep pause -> paths.addAll(Template.references(pause.until()));
      case Step.StopStep stop -> paths.addAll(Template.references(stop.reason()));
      case Step.ParallelStep parallel -> {}
      case Step.ApprovalStep approval -> {}
      case Step.TryStep attempt -> {}
    }
  }

  private static void collect(Condition condition, Set<String> paths) {
    switch (condition) {
      case Condition.All all -> all.parts().forEach(part -> collect(part, paths));
      case Condition.Any any -> any.parts().forEach(part -> collect(part, paths));
      case Condition.Not not -> collect(not.part(), paths);
      case Condition.Comparison comparison -> paths.add(comparison.field());
    }
  }
}
