package com.freelync.control.automation;

import com.freelync.control.condition.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What steps need of their trigger's data. A durable run is given this and no more: a sender may
 * put anything into its data, personal things among them, and they do not belong into a history.
 */
public final class TriggerUse {
  private static final String PREFIX = "trigger.";

  private TriggerUse() {}

  /** The paths under {@code trigger.} to which steps refer, in order, without the prefix. */
  public static Set<String> paths(List<Step> steps) {
    Set<String> paths = new TreeSet<>();
    steps.forEach(step -> collect(step, paths));
    return paths;
  }

  /**
   * The part of the data at those paths, in the same shape. A path that leads into a list keeps the
   * whole list, whose numbers would change otherwise.
   */
  public static Map<String, Object> of(List<Step> steps, Map<String, Object> triggerData) {
    Map<String, Object> used = new LinkedHashMap<>();
    paths(steps).forEach(path -> copy(triggerData, List.of(path.split("\\.", -1)), used));
    return used;
  }

  private static void copy(Map<?, ?> from, List<String> path, Map<String, Object> to) {
    String name = path.getFirst();
    Object value = from.get(name);
    if (value == null) {
      return;
    }
    if (path.size() > 1 && value instanceof Map<?, ?> deeper) {
      Map<String, Object> copied = new LinkedHashMap<>();
      if (to.get(name) instanceof Map<?, ?> already) {
        already.forEach((key, kept) -> copied.put((String) key, kept));
      }
      copy(deeper, path.subList(1, path.size()), copied);
      to.put(name, copied);
    } else {
      to.put(name, value);
    }
  }

  private static void collect(Step step, Set<String> paths) {
    switch (step) {
      case Step.ActionStep action ->
          Template.references(action.with()).forEach(reference -> add(reference, paths));
      case Step.IfStep branch -> {
        collect(branch.when(), paths);
        branch.then().forEach(next -> collect(next, paths));
        branch.otherwise().forEach(next -> collect(next, paths));
      }
      case Step.ApprovalStep approval -> {}
    }
  }

  private static void collect(Condition condition, Set<String> paths) {
    switch (condition) {
      case Condition.All all -> all.parts().forEach(part -> collect(part, paths));
      case Condition.Any any -> any.parts().forEach(part -> collect(part, paths));
      case Condition.Not not -> collect(not.part(), paths);
      case Condition.Comparison comparison -> add(comparison.field(), paths);
    }
  }

  private static void add(String reference, Set<String> paths) {
    if (reference.startsWith(PREFIX)) {
      paths.add(reference.substring(PREFIX.length()));
    }
  }
}
