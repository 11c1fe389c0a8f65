package com.freelync.control.parse;

import com.freelync.control.automation.CronTimes;
import com.freelync.control.automation.Trigger;
import com.freelync.control.automation.Vocabulary;
import com.freelync.control.automation.Vocabulary.Entity;
import com.freelync.control.automation.Vocabulary.FactType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a trigger waits for that does not exist here, or that never comes. */
final class TriggerChecker {
  private TriggerChecker() {}

  /** The facts of the entity that a trigger is about, if it is about one that exists. */
  static Optional<Map<String, FactType>> facts(Trigger trigger, Vocabulary vocabulary) {
    return switch (trigger) {
      case Trigger.Event event -> vocabulary.factsOf(event.type());
      case Trigger.StateChange change -> vocabulary.entity(change.entity()).map(Entity::facts);
      case Trigger.Cron cron -> Optional.empty();
      case Trigger.Manual manual -> Optional.empty();
    };
  }

  /** The field of the trigger's data that holds that entity's id. */
  static Optional<String> idField(Trigger trigger, Vocabulary vocabulary) {
    return switch (trigger) {
      case Trigger.Event event -> vocabulary.idFieldOf(event.type());
      case Trigger.StateChange change -> vocabulary.entity(change.entity()).map(Entity::idField);
      case Trigger.Cron cron -> Optional.empty();
      case Trigger.Manual manual -> Optional.empty();
    };
  }

  static void check(Trigger trigger, Vocabulary vocabulary, Places places, Errors errors) {
    switch (trigger) {
      case Trigger.Event event -> {
        if (vocabulary.factsOf(event.type()).isEmpty()) {
          errors.add(
              places.field("/trigger", "event"),
              "unknown_event",
              Nearest.hint(event.type(), vocabulary.eventTypes()));
        }
      }
      case Trigger.StateChange change ->
          state(change, vocabulary, places.field("/trigger", "state"), errors);
      case Trigger.Cron cron -> {
        if (!CronTimes.of(cron).isEver()) {
          errors.add(
              places.field("/trigger", "cron"),
              "never",
              "it never comes: no day has all of its day, month and weekday, or the clock always"
                  + " leaps over its time; write * for what does not matter");
        }
      }
      case Trigger.Manual manual -> {}
    }
  }

  private static void state(
      Trigger.StateChange change, Vocabulary vocabulary, String at, Errors errors) {
    Optional<Entity> entity = vocabulary.entity(change.entity());
    if (entity.isEmpty()) {
      errors.add(
          at,
          "unknown_entity",
          change.entity()
              + " is nothing that is watched: "
              + Nearest.hint(change.entity(), vocabulary.entityNames()));
      return;
    }
    Map<String, List<String>> states = entity.get().states();
    List<String> values = states.get(change.field());
    if (values == null) {
      errors.add(
          at,
          "unknown_field",
          change.entity()
              + "."
              + change.field()
              + " is not watched: "
              + Nearest.hint(change.field(), states.keySet().stream().sorted().toList()));
      return;
    }
    value(change.from(), change, values, at, errors);
    value(change.to(), change, values, at, errors);
    if (change.to().equals(change.from())) {
      errors.add(at, "never", "it never comes: what is " + change.to() + " does not become so");
    }
  }

  private static void value(
      @Nullable String value,
      Trigger.StateChange change,
      List<String> values,
      String at,
      Errors errors) {
    if (value != null && !values.contains(value)) {
      errors.add(
          at,
          "unknown_value",
          "%s.%s is never %s: %s"
              .formatted(change.entity(), change.field(), value, Nearest.hint(value, values)));
    }
  }
}
