package com.freelync.control.automation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What steps need of their trigger's data. A durable run is given this and no more: a sender may
 * put anything into its data, personal things among them, and they do not belong into a history.
 */
public final class TriggerUse {
  private static final String PREFIX = "trigger.";

  private TriggerUse() {}

  /** The paths under {@code trigger.} to which steps refer, in order, without the prefix. */
  public static Set<String> paths(List<Step> steps) {
    return References.of(steps).stream()
        .filter(path -> path.startsWith(PREFIX))
        .map(path -> path.substring(PREFIX.length()))
        .collect(Collectors.toCollection(TreeSet::new));
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
}
