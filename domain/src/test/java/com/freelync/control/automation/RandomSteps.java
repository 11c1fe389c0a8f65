package com.freelync.control.automation;

import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.OutputField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

/** Steps of every construct, nested, which refer to what comes before them. */
final class RandomSteps {
  private static final int DEEPEST = 3;
  private static final int DEEPEST_LOOPS = 2;

  private final Random random;
  private final RandomConditions conditions;
  private final List<ActionSignature> actions;
  private final BiFunction<ActionSignature, Seen, Map<String, Object>> inputs;
  private final List<String> approvers;
  private int names;
  private int loops;

  RandomSteps(
      Random random,
      RandomConditions conditions,
      List<ActionSignature> actions,
      BiFunction<ActionSignature, Seen, Map<String, Object>> inputs,
      List<String> approvers) {
    this.random = random;
    this.conditions = conditions;
    // It is an approval step, of which there are some, in the words of actions.
    this.actions =
        actions.stream().filter(action -> !action.name().equals("request_approval")).toList();
    this.inputs = inputs;
    this.approvers = approvers;
  }

  /** The steps of a definition. */
  List<Object> next(Seen seen) {
    return sequence(seen, DEEPEST);
  }

  private List<Object> sequence(Seen seen, int depth) {
    List<Object> steps = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      steps.add(step(seen, depth));
    }
    // What comes after it would be unreachable.
    if (random.nextInt(12) == 0) {
      steps.add(Map.of("stop", random.nextBoolean() ? "enough" : stop()));
    }
    return steps;
  }

  private static Map<String, Object> stop() {
    return Map.of("outcome", "completed", "reason", "enough of it");
  }

  private List<Object> perhaps(Seen seen, int depth) {
    return random.nextBoolean() ? List.of() : sequence(seen, depth);
  }

  private Object step(Seen seen, int depth) {
    return switch (random.nextInt(depth == 0 ? 7 : 12)) {
      case 0 -> approval(seen);
      case 1 -> Map.of("wait", random.nextBoolean() ? "PT10M" : "2020-01-01T00:00:00Z");
      case 7, 8 -> branch(seen, depth - 1);
      case 9 -> parallel(seen, depth - 1);
      case 10 -> loops == DEEPEST_LOOPS ? branch(seen, depth - 1) : loop(seen, depth - 1);
      case 11 -> attempt(seen, depth - 1);
      default -> action(seen, random.nextInt(4) == 0, false);
    };
  }

  private String name() {
    return "s" + ++names;
  }

  private Map<String, Object> action(Seen seen, boolean isUndoable, boolean isUndoing) {
    ActionSignature action = actions.get(random.nextInt(actions.size()));
    while (isUndoing && action.movesMoney()) {
      action = actions.get(random.nextInt(actions.size()));
    }
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("action", action.name());
    Map<String, Object> with = inputs.apply(action, seen);
    if (!with.isEmpty()) {
      step.put("with", with);
    }
    if (random.nextInt(4) == 0) {
      step.put("retry", Map.of("max_retries", 1, "initial", "PT1S", "multiplier", 1.5));
    }
    if (isUndoable) {
      step.put("compensate", List.of(action(seen.within(), false, true)));
    }
    if (random.nextBoolean()) {
      String id = name();
      step.put("id", id);
      for (OutputField output : action.outputs()) {
        // A dry run knows neither what is made, nor when, nor how another system answers.
        if (!output.name().matches(".*_id|as_of|revision")
            && !action.name().equals("call_webhook")
            && !(action.name().equals("take_snapshot") && output.name().equals("already"))) {
          seen.add("steps." + id + "." + output.name(), output.type());
        }
      }
    }
    return step;
  }

  private Map<String, Object> approval(Seen seen) {
    String name = name();
    Map<String, Object> approval = new LinkedHashMap<>();
    approval.put("name", name);
    approval.put("slots", List.of(List.of(approvers.get(random.nextInt(approvers.size())))));
    if (random.nextBoolean()) {
      approval.put("remind_after", "PT4H");
      approval.put("escalate_after", Map.of("PT24H", List.of(approvers.getFirst())));
      approval.put("timeout", "PT72H");
      approval.put("on_timeout", random.nextBoolean() ? "reject" : "continue");
    }
    approval.put("on_reject", random.nextBoolean() ? "end" : "continue");
    seen.add("steps." + name + ".outcome", FactType.TEXT);
    return Map.of("approval", approval);
  }

  private Map<String, Object> branch(Seen seen, int depth) {
    Map<String, Object> step = new LinkedHashMap<>();
    List<Seen.Reference> on = new ArrayList<>(seen.all());
    on.add(new Seen.Reference("trigger.note", FactType.TEXT));
    step.put("if", conditions.next(on, 2));
    step.put("then", sequence(seen.within(), depth));
    step.put("else", perhaps(seen.within(), depth));
    return step;
  }

  private Map<String, Object> parallel(Seen seen, int depth) {
    List<Object> branches = new ArrayList<>();
    List<Seen> ends = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      Seen inner = seen.within();
      branches.add(sequence(inner, depth));
      ends.add(inner);
    }
    ends.forEach(seen::takeOver);
    return Map.of("parallel", branches);
  }

  private Map<String, Object> loop(Seen seen, int depth) {
    Map<String, Object> loop = new LinkedHashMap<>();
    String id = name();
    loop.put("id", id);
    Object list = List.of("a", "b", "c").subList(0, random.nextInt(4));
    loop.put(
        "items",
        random.nextBoolean() ? list : seen.one(random, FactType.LIST).orElse("${trigger.things}"));
    loop.put("batch", 1 + random.nextInt(3));
    Seen inner = seen.within();
    inner.add("item", FactType.TEXT);
    loops++;
    loop.put("do", sequence(inner, depth));
    loops--;
    seen.add("steps." + id + ".count", FactType.NUMBER);
    return Map.of("for_each", loop);
  }

  private Map<String, Object> attempt(Seen seen, int depth) {
    Map<String, Object> step = new LinkedHashMap<>();
    String id = name();
    Seen body = seen.within();
    step.put("try", sequence(body, depth));
    step.put("id", id);
    boolean continues = random.nextInt(3) == 0;
    if (continues) {
      step.put("on_error", "continue");
    } else {
      step.put("on_error", random.nextBoolean() ? "compensate" : "fail");
      Seen handler = seen.within();
      handler.add("error.message", FactType.TEXT);
      List<Object> caught = perhaps(handler, depth);
      step.put("catch", caught);
      step.put("finally", perhaps(seen.within(), depth));
      if (caught.isEmpty()) {
        seen.takeOver(body);
      }
    }
    seen.add("steps." + id + ".outcome", FactType.TEXT);
    return step;
  }
}
