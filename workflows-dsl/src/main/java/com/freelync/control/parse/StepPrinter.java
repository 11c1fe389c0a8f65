package com.freelync.control.parse;

import com.freelync.control.automation.Retry;
import com.freelync.control.automation.Step;
import com.freelync.control.condition.Values;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes steps in the long form. */
final class StepPrinter {
  private StepPrinter() {}

  /** The steps as people write them. */
  static List<Map<String, Object>> steps(List<Step> steps) {
    return steps.stream().map(StepPrinter::step).toList();
  }

  private static Map<String, Object> step(Step step) {
    return switch (step) {
      case Step.ActionStep action -> action(action);
      case Step.IfStep branch -> branch(branch);
      case Step.ParallelStep parallel ->
          Map.of("parallel", parallel.branches().stream().map(StepPrinter::steps).toList());
      case Step.ForEachStep loop -> Map.of("for_each", loop(loop));
      case Step.WaitStep pause -> Map.of("wait", pause.until());
      case Step.ApprovalStep approval -> Map.of("approval", approval(approval));
      case Step.TryStep attempt -> attempt(attempt);
      case Step.StopStep stop ->
          Map.of("stop", Map.of("outcome", word(stop.outcome()), "reason", stop.reason()));
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
    if (!action.compensate().isEmpty()) {
      map.put("compensate", action.compensate().stream().map(StepPrinter::action).toList());
    }
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
    map.put("if", DefinitionPrinter.condition(branch.when()));
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
    if (approval.onTimeout() != Step.OnTimeout.REJECT) {
      map.put("on_timeout", word(approval.onTimeout()));
    }
    map.put("on_reject", approval.continueOnReject() ? "continue" : "end");
    return map;
  }

  private static Map<String, Object> loop(Step.ForEachStep loop) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (loop.id() != null) {
      map.put("id", loop.id());
    }
    map.put("items", Values.canonical(loop.items()));
    map.put("batch", loop.batch());
    map.put("do", steps(loop.steps()));
    return map;
  }

  private static Map<String, Object> attempt(Step.TryStep attempt) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("try", steps(attempt.body()));
    if (attempt.id() != null) {
      map.put("id", attempt.id());
    }
    map.put("on_error", word(attempt.onError()));
    if (!attempt.handler().isEmpty()) {
      map.put("catch", steps(attempt.handler()));
    }
    if (!attempt.last().isEmpty()) {
      map.put("finally", steps(attempt.last()));
    }
    return map;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
