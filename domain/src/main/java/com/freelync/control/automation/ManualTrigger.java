package com.freelync.control.automation;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.NewExecution.Decision;
import com.freelync.control.database.Json;
import com.freelync.control.event.EntityType;
import com.freelync.control.event.EntityTypes;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Decides an automation on data that a person gives, with the facts of the source. */
final class ManualTrigger {
  private static final int LARGEST_DATA = 64 * 1024;

  private final EntityTypes entities;

  ManualTrigger(EntityTypes entities) {
    this.entities = entities;
  }

  NewExecution decide(
      Handle handle,
      UUID id,
      ActiveAutomation automation,
      Map<String, Object> triggerData,
      @Nullable String why,
      Actor actor) {
    if (Json.write(triggerData).length() > LARGEST_DATA) {
      throw new RequestRefused.Invalid(
          List.of(
              new FieldError(
                  "/trigger_data",
                  "too_large",
                  "trigger_data has at most " + LARGEST_DATA + " characters")));
    }
    Subject subject = read(handle, automation.definition(), triggerData);
    Decision decision =
        new Decision.Fail("entity_missing", "The source has no " + subject.type() + " of this id.");
    List<Map<String, Object>> conditions = List.of();
    if (subject.isKnown()) {
      Decider.Verdict verdict =
          Decider.decide(
              automation.definition(), automation.movesMoney(), subject.facts(), triggerData);
      decision = verdict.decision();
      conditions = Findings.of(verdict.judgement());
    }
    return new NewExecution(
        id,
        automation,
        decision,
        "MANUAL",
        actor.subject(),
        why,
        Origin.PERSON,
        triggerData,
        subject.type(),
        subject.id(),
        subject.facts(),
        conditions);
  }

  /** What a trigger's data are about, and its facts; a definition without an entity has none. */
  Subject read(Handle handle, Definition definition, Map<String, Object> triggerData) {
    Optional<EntityType> type =
        switch (definition.trigger()) {
          case Trigger.Event event -> entities.ofEvent(event.type());
          case Trigger.StateChange change -> entities.named(change.entity());
          case Trigger.Cron cron -> Optional.empty();
          case Trigger.Manual manual -> Optional.empty();
        };
    if (type.isEmpty()) {
      return new Subject(null, null, Map.of(), true);
    }
    UUID id = id(type.get(), triggerData);
    Map<String, Object> facts = type.get().read(handle, List.of(id)).get(id);
    return new Subject(
        type.get().name(), id.toString(), facts == null ? Map.of() : facts, facts != null);
  }

  private static UUID id(EntityType type, Map<String, Object> triggerData) {
    try {
      return Decider.entityId(type, triggerData).orElseThrow(() -> missing(type));
    } catch (IllegalArgumentException e) {
      throw missing(type);
    }
  }

  private static RequestRefused missing(EntityType type) {
    return new RequestRefused.Invalid(
        List.of(
            new FieldError(
                "/trigger_data/" + type.idField(),
                "uuid",
                "the id of the " + type.name() + ", a UUID, is needed")));
  }

  /** The entity that a trigger is about. */
  record Subject(
      @Nullable String type, @Nullable String id, Map<String, Object> facts, boolean isKnown) {}
}
