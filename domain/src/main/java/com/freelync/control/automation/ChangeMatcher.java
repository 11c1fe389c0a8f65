package com.freelync.control.automation;

import com.freelync.control.automation.StateChangeDao.Change;
import com.freelync.control.event.EntityType;
import com.freelync.control.event.EntityTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Decides automations on changes of the source, with the facts as they are when it decides. */
final class ChangeMatcher {
  private final EntityTypes entities;
  private final Supplier<UUID> ids;

  ChangeMatcher(EntityTypes entities, Supplier<UUID> ids) {
    this.entities = entities;
    this.ids = ids;
  }

  /** An automation and a change that it waits for. */
  record Match(ActiveAutomation automation, Change change) {}

  /** An execution of each match, in their order. */
  List<NewExecution> decide(Handle handle, List<Match> matches, String triggeredBy) {
    Map<String, Set<UUID>> touched = new LinkedHashMap<>();
    matches.forEach(
        match ->
            touched
                .computeIfAbsent(match.change().entity(), entity -> new HashSet<>())
                .add(match.change().entityId()));
    Map<String, Map<UUID, Map<String, Object>>> facts = new HashMap<>();
    touched.forEach((name, of) -> facts.put(name, entity(name).read(handle, List.copyOf(of))));
    List<NewExecution> executions = new ArrayList<>();
    for (Match match : matches) {
      Map<UUID, Map<String, Object>> ofEntity = facts.get(match.change().entity());
      Map<String, Object> known = ofEntity == null ? null : ofEntity.get(match.change().entityId());
      executions.add(execution(match.automation(), match.change(), known, triggeredBy));
    }
    return executions;
  }

  private NewExecution execution(
      ActiveAutomation automation,
      Change change,
      @Nullable Map<String, Object> facts,
      String triggeredBy) {
    EntityType entity = entity(change.entity());
    String id = change.entityId().toString();
    Map<String, Object> data = data(entity, change);
    EntityVerdict verdict = EntityVerdict.of(automation, entity, id, facts, data);
    return new NewExecution(
        ids.get(),
        automation,
        verdict.decision(),
        "STATE_CHANGE",
        triggeredBy,
        why(change),
        Origin.change(change.id()),
        data,
        entity.name(),
        id,
        facts == null ? Map.of() : facts,
        verdict.conditions());
  }

  private static Map<String, Object> data(EntityType entity, Change change) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put(entity.idField(), change.entityId().toString());
    data.put("field", change.field());
    if (change.fromValue() != null) {
      data.put("from", change.fromValue());
    }
    data.put("to", change.toValue());
    data.put("at", change.at().toString());
    return data;
  }

  private static String why(Change change) {
    return "%s.%s%s -> %s"
        .formatted(
            change.entity(),
            change.field(),
            change.fromValue() == null ? "" : " " + change.fromValue(),
            change.toValue());
  }

  private EntityType entity(String name) {
    return entities.named(name).orElseThrow();
  }
}
