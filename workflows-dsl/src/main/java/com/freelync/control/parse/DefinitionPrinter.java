package com.freelync.control.parse;

import com.freelync.control.automation.Definition;
import com.freelync.control.automation.Mode;
import com.freelync.control.automation.Retry;
import com.freelync.control.automation.Step;
import com.freelync.control.automation.Trigger;
import com.freelync.control.condition.Condition;
import com.freelync.control.condition.Operator;
import com.freelync.control.condition.Values;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
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
    document.put("mode", mode(definition.mode()));
    document.put("on_limit", definition.onLimit().name().toLowerCase(Locale.ROOT));
    document.put("steps", steps(definition.steps()));
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
      case Mode.Single single -> "single";
      case Mode.Queued queued -> "queued";
      case Mode.Restart restart -> "restart";
      case Mode.Parallel parallel -> Map.of("parallel", parallel.max());
    };
  }

  private static List<Map<String, Object>> steps(List<Step> steps) {
    return steps.stream().map(DefinitionPrinter::step).toList();
  }

  private static Map<String, Object> step(Step step) {
    return switch (step) {
      case Step.ActionStep action -> action(action);
      case Step.IfStep branch -> branch(branch);
      case Step.ApprovalStep approval -> Map.of("approval", approval(approval));
    };
  }

  private static Map<String, Object> action(Step.ActionStep action) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("action", action.action());
    if (action.id() != null) {
      map.put("id", action.id());
    }
    if (!action.with().isEmpty()) {
      map.put("with", Values.canonical(action.with()));
    }
    map.put("retry", retry(action.retry()));
    return map;
  }

  private static Map<String, Object> retry(Retry retry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("max_retries", retry.maxRetries());
    map.put("initial", retry.initial().toString());
    map.put("multiplier", BigDecimal.valueOf(retry.multiplier(), 2));
    return map;
  }

  private static Map<String, Object> branch(Step.IfStep branch) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("if", condition(branch.when()));
    map.put("then", steps(branch.then()));
    map.put("else", steps(branch.otherwise()));
    return map;
  }

  private static Map<String, Object> approval(Step.ApprovalStep approval) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", approval.name());
    map.put("slots", approval.slots().stream().map(slot -> slot.roleNames()).toList());
    if (approval.remindAfter() != null) {
      map.put("remind_after", approval.remindAfter().toString());
    }
    if (!approval.escalateAfter().isEmpty()) {
      Map<String, Object> escalations = new LinkedHashMap<>();
      approval
          .escalateAfter()
          .forEach((after, slot) -> escalations.put(after.toString(), slot.roleNames()));
      map.put("escalate_after", escalations);
    }
    if (approval.timeout() != null) {
      map.put("timeout", approval.timeout().toString());
    }
    map.put("on_reject", approval.continueOnReject() ? "continue" : "end");
    return map;
  }
}
