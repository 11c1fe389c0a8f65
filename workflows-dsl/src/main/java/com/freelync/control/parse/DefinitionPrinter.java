package com.freelync.control.parse;

import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.Definition;
import com.freelync.control.automation.Mode;
import com.freelync.control.automation.Trigger;
import com.freelync.control.condition.Condition;
import com.freelync.control.condition.Operator;
import com.freelync.control.condition.Values;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a definition as the document in the long form that parses to an equal definition, and that
 * is the same for all documents that say the same.
 */
public final class DefinitionPrinter {
  private DefinitionPrinter() {}

  /** The document. */
  public static Map<String, Object> print(Definition definition) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", definition.name());
    if (definition.description() != null) {
      document.put("description", definition.description());
    }
    document.put("trigger", trigger(definition.trigger()));
    document.put("conditions", condition(definition.conditions()));
    if (!definition.mode().equals(Mode.standard())) {
      document.put("mode", mode(definition.mode()));
    }
    document.put("on_limit", definition.onLimit().name().toLowerCase(Locale.ROOT));
    if (!definition.limits().isEmpty()) {
      Map<String, Object> limits = new LinkedHashMap<>();
      definition.limits().forEach((action, limit) -> limits.put(action, limit(limit)));
      document.put("limits", limits);
    }
    document.put("steps", StepPrinter.steps(definition.steps()));
    return document;
  }

  /** A trigger as people write it. */
  public static Object trigger(Trigger trigger) {
    return switch (trigger) {
      case Trigger.Cron cron -> {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cron", cron.expression());
        if (!cron.zone().equals(Values.BUSINESS_ZONE)) {
          map.put("time_zone", cron.zone().getId());
        }
        yield map;
      }
      case Trigger.Event event -> Map.of("event", event.type());
      case Trigger.StateChange change ->
          Map.of(
              "state",
              change.entity()
                  + "."
                  + change.field()
                  + (change.from() == null ? "" : " " + change.from())
                  + " -> "
                  + change.to());
      case Trigger.Manual manual -> "manual";
    };
  }

  /** A condition as people write it. */
  public static Map<String, Object> condition(Condition condition) {
    return switch (condition) {
      case Condition.All all ->
          Map.of("all", all.parts().stream().map(DefinitionPrinter::condition).toList());
      case Condition.Any any ->
          Map.of("any", any.parts().stream().map(DefinitionPrinter::condition).toList());
      case Condition.Not not -> Map.of("not", condition(not.part()));
      case Condition.Comparison comparison -> {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("field", comparison.field());
        map.put("operator", comparison.operator().word());
        if (comparison.value() != null) {
          map.put("value", Values.canonical(comparison.value()));
        } else if (comparison.operator() != Operator.EXISTS) {
          throw new IllegalArgumentException("only exists goes without a value");
        }
        yield map;
      }
    };
  }

  private static Object mode(Mode mode) {
    return switch (mode) {
      case Mode.Unlimited unlimited ->
          throw new IllegalArgumentException("it is written by naming no mode");
      case Mode.Single single -> "single";
      case Mode.Queued queued -> "queued";
      case Mode.Restart restart -> "restart";
      case Mode.Parallel parallel -> Map.of("parallel", parallel.max());
    };
  }

  private static Map<String, Object> limit(ActionLimits limit) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (limit.maxPerHour() != null) {
      map.put("max_per_hour", limit.maxPerHour());
    }
    if (limit.maxPerDay() != null) {
      map.put("max_per_day", limit.maxPerDay());
    }
    if (limit.maxTotalAmount() != null) {
      map.put("max_total_amount", Values.canonical(limit.maxTotalAmount()));
    }
    return map;
  }
}
