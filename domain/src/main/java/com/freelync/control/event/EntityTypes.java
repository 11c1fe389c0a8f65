package com.freelync.control.event;

import com.freelync.control.automation.Vocabulary.FactType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every kind of entity and the event types that speak of them. */
public final class EntityTypes {
  private final Map<String, EntityType> byEvent = new LinkedHashMap<>();
  private final Map<String, EntityType> byName = new LinkedHashMap<>();

  public EntityTypes(List<EntityType> types) {
    for (EntityType type : types) {
      byName.put(type.name(), type);
      type.eventTypes().keySet().forEach(event -> byEvent.put(event, type));
    }
  }

  /** The entity that events of a type are about. */
  public Optional<EntityType> ofEvent(String eventType) {
    return Optional.ofNullable(byEvent.get(eventType));
  }

  /** The entity of a name. */
  public Optional<EntityType> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All of them. */
  public List<EntityType> all() {
    return List.copyOf(byName.values());
  }

  /** All event types. */
  public List<String> eventTypes() {
    return List.copyOf(byEvent.keySet());
  }

  /** Each event type with its entity's facts. */
  public List<Description> describe() {
    List<Description> descriptions = new ArrayList<>();
    byEvent.forEach(
        (event, entity) ->
            descriptions.add(
                new Description(
                    event,
                    String.valueOf(entity.eventTypes().get(event)),
                    entity.name(),
                    entity.idField(),
                    entity.facts())));
    return descriptions;
  }

  /** An event type as users see it. */
  public record Description(
      String type, String meaning, String entity, String idField, Map<String, FactType> facts) {}
}
