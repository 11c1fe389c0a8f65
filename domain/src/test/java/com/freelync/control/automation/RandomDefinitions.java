package com.freelync.control.automation;

import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.Entity;
import com.freelync.control.automation.Vocabulary.FactType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Documents of valid definitions, of every construct, trigger and action, nested. The same random
 * numbers always give the same ones.
 */
public final class RandomDefinitions {
  private final Random random;
  private final Vocabulary vocabulary;
  private final RandomConditions conditions;
  private final RandomInputs inputs;

  /** Definitions of what a vocabulary has. */
  public RandomDefinitions(Random random, Vocabulary vocabulary) {
    this.random = random;
    this.vocabulary = vocabulary;
    this.conditions = new RandomConditions(random);
    this.inputs = new RandomInputs(random);
  }

  /** The next one. */
  public Map<String, Object> next() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", "Generated " + random.nextInt(1_000_000));
    if (random.nextInt(4) == 0) {
      document.put("description", "ለሙከራ, for a test: \"quoted\"");
    }
    Map<String, FactType> facts = trigger(document);
    Seen seen = new Seen(List.of());
    new TreeMap<>(facts).forEach(seen::add);
    if (!facts.isEmpty() && random.nextBoolean()) {
      List<Seen.Reference> on = List.copyOf(seen.all());
      document.put(
          "conditions",
          random.nextBoolean() ? conditions.some(on, 2) : conditions.next(on, random.nextInt(4)));
    }
    manners(document);
    boolean isByClock = document.get("trigger").toString().contains("cron");
    if (!isByClock) {
      List.of("note", "remark").forEach(name -> seen.add("trigger." + name, FactType.TEXT));
      seen.add("trigger.things", FactType.LIST);
    }
    boolean movesMoney = !isByClock && random.nextInt(3) == 0;
    List<ActionSignature> actions =
        vocabulary.actionNames().stream()
            .flatMap(name -> vocabulary.action(name).stream())
            .filter(action -> movesMoney || !action.movesMoney())
            .toList();
    RandomSteps steps =
        new RandomSteps(
            random,
            conditions,
            actions,
            (action, known) -> inputs.next(action, known, isByClock),
            vocabulary.approvers().stream().map(role -> role.name()).sorted().toList());
    if (random.nextInt(5) == 0) {
      document.put("actions", namesOnly(actions, isByClock));
    } else {
      document.put("steps", steps.next(seen));
    }
    return document;
  }

  /** Names of actions that need no more than the trigger's data. */
  private List<String> namesOnly(List<ActionSignature> actions, boolean isByClock) {
    List<String> names =
        actions.stream()
            .filter(
                action ->
                    action.inputs().stream()
                        .noneMatch(
                            input -> input.required() && (isByClock || input.name().equals("url"))))
            .map(ActionSignature::name)
            .toList();
    return Stream.generate(() -> names.get(random.nextInt(names.size())))
        .limit(1 + random.nextInt(4))
        .toList();
  }

  /** Puts a trigger, and returns the facts that come with it. */
  private Map<String, FactType> trigger(Map<String, Object> document) {
    return switch (random.nextInt(6)) {
      case 0 -> put(document, "cron: 0 8 * * MON-FRI", Map.of());
      case 1 ->
          put(
              document,
              Map.of("cron", "*/5 8-18/2 1,15 * *", "time_zone", "Europe/Berlin"),
              Map.of());
      case 2 -> put(document, "manual", Map.of());
      case 3 -> {
        String name = one(vocabulary.entityNames());
        Entity entity = vocabulary.entity(name).orElseThrow();
        String field = one(List.copyOf(new TreeSet<>(entity.states().keySet())));
        String to = one(entity.states().get(field));
        yield put(document, "state: %s.%s -> %s".formatted(name, field, to), entity.facts());
      }
      default -> {
        String type = one(vocabulary.eventTypes().stream().sorted().toList());
        yield put(
            document,
            random.nextBoolean() ? "event: " + type : Map.of("event", type),
            vocabulary.factsOf(type).orElseThrow());
      }
    };
  }

  private static Map<String, FactType> put(
      Map<String, Object> document, Object trigger, Map<String, FactType> facts) {
    document.put("trigger", trigger);
    return facts;
  }

  private void manners(Map<String, Object> document) {
    if (random.nextInt(3) == 0) {
      document.put(
          "mode",
          one(List.of("single", "queued", "restart", Map.of("parallel", 1 + random.nextInt(9)))));
    }
    if (random.nextInt(3) == 0) {
      document.put("on_limit", one(List.of("queue", "skip", "ask", "fail")));
    }
    if (random.nextInt(3) == 0) {
      document.put(
          "limits",
          Map.of(
              one(
                  vocabulary.actionNames().stream()
                      .filter(name -> !name.equals("request_approval"))
                      .toList()),
              Map.of("max_per_hour", random.nextInt(100), "max_total_amount", 10.25)));
    }
  }

  private <T> T one(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }
}
