package com.freelync.control.automation;

import com.freelync.control.automation.Action.EntityRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the steps before would have made of things, within one dry run: its transaction writes
 * nothing, so a later step would otherwise find everything as it is now.
 */
public final class Foreseen {
  private final Map<EntityRef, String> states = new HashMap<>();

  /** The state that an earlier step would have left a thing in; empty if none would touch it. */
  public Optional<String> state(EntityRef entity) {
    return Optional.ofNullable(states.get(entity));
  }

  /** Everything that earlier steps would have left in a state. */
  public List<EntityRef> in(String state) {
    return states.entrySet().stream()
        .filter(thing -> thing.getValue().equals(state))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Says what this step would make of a thing. */
  public void becomes(EntityRef entity, String state) {
    states.put(entity, state);
  }
}
