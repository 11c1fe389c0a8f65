package com.freelync.control.automation;

import com.freelync.control.automation.Action.EntityRef;
import java.util.HashMap;
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

  /** Says what this step would make of a thing. */
  public void becomes(EntityRef entity, String state) {
    states.put(entity, state);
  }
}
