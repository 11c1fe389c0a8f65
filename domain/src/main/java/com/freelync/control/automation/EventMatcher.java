package com.freelync.control.automation;

import com.freelync.control.audit.Actor;
import com.freelync.control.database.Transaction;
import com.freelync.control.event.EntityType;
import com.freelync.control.event.EntityTypes;
import com.freelync.control.event.EventHandler;
import com.freelync.control.event.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Matches events with the automations that are active, and records each match as an execution. */
public final class EventMatcher implements EventHandler {
  /** A thousand events for hundreds of automations would not fit into the memory at once. */
  private static final int MOST_AT_ONCE = 500;

  private final EntityTypes entities;
  private final ActiveAutomations automations;
  private final ExecutionIntake intake;
  private final Supplier<UUID> ids;

  public EventMatcher(
      EntityTypes entities,
      ActiveAutomations automations,
      ExecutionIntake intake,
      Supplier<UUID> ids) {
    this.entities = entities;
    this.automations = automations;
    this.intake = intake;
    this.ids = ids;
  }

  /** Records an execution for each pair of event and automation, and owes those that run. */
  @Override
  public void handle(Transaction transaction, List<StoredEvent> events, Actor actor) {
    Map<String, List<StoredEvent>> byType = new LinkedHashMap<>();
    events.forEach(
        event -> byType.computeIfAbsent(event.type(), type -> new ArrayList<>()).add(event));
    byType.forEach(
        (type, ofType) -> {
          List<ActiveAutomation> active = automations.onEvent(transaction.handle(), type);
          if (!active.isEmpty()) {
            match(transaction, active, ofType, actor);
          }
        });
  }

  /** Records an execution for each pair of these events, all of one type, and automations. */
  void match(
      Transaction transaction,
      List<ActiveAutomation> active,
      List<StoredEvent> events,
      Actor actor) {
    EntityType entity = entities.ofEvent(events.get(0).type()).orElseThrow();
    Map<UUID, UUID> entityOf = new HashMap<>();
    events.forEach(
        event ->
            Decider.entityId(entity, event.data()).ifPresent(id -> entityOf.put(event.id(), id)));
    Map<UUID, Map<String, Object>> facts =
        entity.read(transaction.handle(), List.copyOf(new HashSet<>(entityOf.values())));
    List<NewExecution> executions = new ArrayList<>();
    for (StoredEvent event : events) {
      UUID entityId = entityOf.get(event.id());
      Map<String, Object> known = entityId == null ? null : facts.get(entityId);
      for (ActiveAutomation automation : active) {
        executions.add(
            execution(automation, event, entity, String.valueOf(entityId), known, actor));
        if (executions.size() == MOST_AT_ONCE) {
          intake.record(transaction, executions, actor.requestId());
          executions.clear();
        }
      }
    }
    intake.record(transaction, executions, actor.requestId());
  }

  private NewExecution execution(
      ActiveAutomation automation,
      StoredEvent event,
      EntityType entity,
      String entityId,
      @Nullable Map<String, Object> facts,
      Actor actor) {
    EntityVerdict verdict = EntityVerdict.of(automation, entity, entityId, facts, event.data());
    return new NewExecution(
        ids.get(),
        automation,
        verdict.decision(),
        "EVENT",
        actor.subject(),
        event.type(),
        Origin.event(event.id()),
        event.data(),
        entity.name(),
        entityId,
        facts == null ? Map.of() : facts,
        verdict.conditions());
  }
}
