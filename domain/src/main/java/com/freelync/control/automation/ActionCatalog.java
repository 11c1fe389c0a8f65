package com.freelync.control.automation;

import com.freelync.control.approval.Role;
import com.freelync.control.event.EntityType;
import com.freelync.control.event.EntityTypes;
import com.freelync.control.identity.Permission;
import com.freelync.control.identity.RolePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every action and event type that exists here. */
public final class ActionCatalog implements Vocabulary {
  private final Map<String, Action> actions = new LinkedHashMap<>();
  private final EntityTypes entities;

  public ActionCatalog(List<Action> actions, EntityTypes entities) {
    for (Action action : actions) {
      if (this.actions.put(action.signature().name(), action) != null) {
        throw new IllegalArgumentException("two actions are called " + action.signature().name());
      }
    }
    this.entities = entities;
  }

  /** The action of a name. */
  public Optional<Action> find(String name) {
    return Optional.ofNullable(actions.get(name));
  }

  /** All actions. */
  public List<Action> all() {
    return List.copyOf(actions.values());
  }

  /** The kinds of entity that events speak of. */
  public EntityTypes entities() {
    return entities;
  }

  /** Whether a definition has an action that moves money, in any of its branches. */
  public boolean movesMoney(List<Step> steps) {
    return Steps.actions(steps)
        .anyMatch(step -> action(step.action()).map(ActionSignature::movesMoney).orElse(false));
  }

  @Override
  public boolean isLimited(String action) {
    return !limits(action).equals(ActionLimits.NONE);
  }

  /** Every action with its limits where no setting says otherwise. */
  public SortedMap<String, ActionLimits> limits() {
    SortedMap<String, ActionLimits> limits = new TreeMap<>();
    actions.forEach((name, action) -> limits.put(name, action.traits().limits()));
    return limits;
  }

  /** The limits of an action where no setting says otherwise. */
  public ActionLimits limits(String action) {
    return find(action).map(known -> known.traits().limits()).orElse(ActionLimits.NONE);
  }

  @Override
  public Optional<ActionSignature> action(String name) {
    return find(name).map(Action::signature);
  }

  @Override
  public List<String> actionNames() {
    return List.copyOf(actions.keySet());
  }

  @Override
  public Optional<Map<String, FactType>> factsOf(String eventType) {
    return entities.ofEvent(eventType).map(entity -> entity.facts());
  }

  @Override
  public Optional<String> idFieldOf(String eventType) {
    return entities.ofEvent(eventType).map(entity -> entity.idField());
  }

  @Override
  public Optional<Entity> entity(String name) {
    return entities
        .named(name)
        .map(type -> new Entity(type.idField(), type.facts(), type.states()));
  }

  @Override
  public List<String> entityNames() {
    return entities.all().stream().map(EntityType::name).toList();
  }

  @Override
  public Set<Role> approvers() {
    return RolePermissions.giving(Permission.AUTOMATION_APPROVE);
  }

  @Override
  public List<String> eventTypes() {
    return entities.eventTypes();
  }
}
