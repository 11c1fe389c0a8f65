package com.freelync.control.automation;

import com.freelync.control.condition.Facts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a running definition can refer to: the facts, the trigger's data under {@code trigger.}, and
 * the results of steps under {@code steps.}.
 */
public final class Scope implements Facts {
  private final Facts facts;
  private final Facts trigger;
  private final Map<String, Map<String, Object>> steps = new LinkedHashMap<>();

  /** A scope at the start of a run. */
  public Scope(Map<String, Object> facts, Map<String, Object> triggerData) {
    this.facts = Facts.of(facts);
    this.trigger = Facts.of(triggerData);
  }

  /** Makes a step's result known to later steps. */
  void put(String id, Map<String, Object> result) {
    steps.put(id, result);
  }

  @Override
  public Optional<Object> find(String path) {
    if (path.startsWith("trigger.")) {
      return trigger.find(path.substring("trigger.".length()));
    }
    if (path.startsWith("steps.")) {
      return Facts.of(steps).find(path.substring("steps.".length()));
    }
    return facts.find(path);
  }
}
