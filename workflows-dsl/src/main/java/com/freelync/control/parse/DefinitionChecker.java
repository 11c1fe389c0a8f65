package com.freelync.control.parse;

import com.freelync.control.automation.Definition;
import com.freelync.control.automation.DefinitionError;
import com.freelync.control.automation.Step;
import com.freelync.control.automation.Step.ActionStep;
import com.freelync.control.automation.Step.ApprovalStep;
import com.freelync.control.automation.Step.IfStep;
import com.freelync.control.automation.Template;
import com.freelync.control.automation.Trigger;
import com.freelync.control.automation.Vocabulary;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.condition.Condition;
import com.freelync.control.condition.Condition.Comparison;
import com.freelync.control.condition.Values;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds in a well-formed definition what it speaks of and what does not exist here. */
public final class DefinitionChecker {
  private final Vocabulary vocabulary;
  private final Errors errors = new Errors();
  private final Optional<Map<String, FactType>> facts;
  private final Map<String, Set<String>> results = new HashMap<>();

  private DefinitionChecker(Definition definition, Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.facts =
        definition.trigger() instanceof Trigger.Event event
            ? vocabulary.factsOf(event.type())
            : Optional.empty();
  }

  /** Everything that is wrong; empty if nothing is. */
  public static List<DefinitionError> check(Definition definition, Vocabulary vocabulary) {
    DefinitionChecker checker = new DefinitionChecker(definition, vocabulary);
    if (definition.trigger() instanceof Trigger.Event event && checker.facts.isEmpty()) {
      checker.errors.add(
          "/trigger", "unknown_event", Nearest.hint(event.type(), vocabulary.eventTypes()));
    }
    checker.condition(definition.conditions(), "/conditions");
    checker.sequence(definition.steps());
    return checker.errors.all();
  }

  private void sequence(List<Step> steps) {
    steps.forEach(this::step);
  }

  private void step(Step step) {
    switch (step) {
      case ActionStep action -> action(action);
      case IfStep branch -> {
        condition(branch.when(), branch.path() + "/if");
        // What only one branch produces is not known after it: each sees only what came before.
        Map<String, Set<String>> before = new HashMap<>(results);
        sequence(branch.then());
        results.keySet().retainAll(before.keySet());
        sequence(branch.otherwise());
        results.keySet().retainAll(before.keySet());
      }
      case ApprovalStep approval ->
          results.put(approval.name(), Set.of("outcome", "by", "comment"));
    }
  }

  private void action(ActionStep step) {
    Optional<ActionSignature> signature = vocabulary.action(step.action());
    String at = step.path();
    if (signature.isEmpty()) {
      errors.add(at, "unknown_action", Nearest.hint(step.action(), vocabulary.actionNames()));
      return;
    }
    List<String> known = signature.get().inputs().stream().map(InputField::name).toList();
    step.with().keySet().stream()
        .sorted()
        .filter(name -> !known.contains(name))
        .forEach(
            name -> errors.add(at + "/with/" + name, "unknown_input", Nearest.hint(name, known)));
    for (InputField input : signature.get().inputs()) {
      Object value = step.with().get(input.name());
      if (value != null) {
        input(input, value, at + "/with/" + input.name());
      }
    }
    if (step.id() != null) {
      results.put(step.id(), new HashSet<>(signature.get().outputs()));
    }
  }

  private void input(InputField input, Object value, String at) {
    List<String> references = Template.references(value);
    references.forEach(reference -> reference(reference, at));
    if (references.isEmpty() && !fits(value, input.type())) {
      errors.add(at, "type", input.name() + " is " + input.type().name().toLowerCase(Locale.ROOT));
    }
  }

  private void condition(Condition condition, String at) {
    switch (condition) {
      case Condition.All all -> all.parts().forEach(part -> condition(part, at));
      case Condition.Any any -> any.parts().forEach(part -> condition(part, at));
      case Condition.Not not -> condition(not.part(), at);
      case Comparison comparison -> comparison(comparison, at);
    }
  }

  private void comparison(Comparison comparison, String at) {
    reference(comparison.field(), at);
    FactType type = facts.map(known -> known.get(comparison.field())).orElse(null);
    Object value = comparison.value();
    if (type == null || value == null) {
      return;
    }
    switch (comparison.operator()) {
      case EXISTS -> {}
      case EQ, NE, LT, LTE, GT, GTE -> compatible(comparison, type, value, at);
      case BETWEEN, IN, NOT_IN -> {
        if (value instanceof List<?> items) {
          items.forEach(item -> compatible(comparison, type, item, at));
        }
      }
      case CONTAINS, STARTS_WITH, ENDS_WITH, MATCHES -> {
        if (type != FactType.TEXT) {
          mismatch(comparison, type, at);
        }
      }
    }
  }

  private void compatible(Comparison comparison, FactType type, Object value, String at) {
    boolean ordered = type == FactType.NUMBER || type == FactType.TIME;
    if (!fits(value, type) || (comparison.operator().isOrdering() && !ordered)) {
      mismatch(comparison, type, at);
    }
  }

  private void mismatch(Comparison comparison, FactType type, String at) {
    errors.add(
        at,
        "type",
        comparison.field()
            + " is "
            + type.name().toLowerCase(Locale.ROOT)
            + ": "
            + comparison.operator().word()
            + " cannot compare it with this value");
  }

  /** A path is a fact of the trigger's entity, the trigger's data, or an earlier step's result. */
  private void reference(String path, String at) {
    if (path.startsWith("trigger.")) {
      return;
    }
    if (path.startsWith("steps.")) {
      String[] parts = path.split("\\.", -1);
      Set<String> fields = results.get(parts[1]);
      if (fields == null) {
        errors.add(at, "unknown_step", path + " refers to no step before this one");
      } else if (parts.length > 2 && !fields.contains(parts[2])) {
        errors.add(at, "unknown_result", path + ": " + Nearest.hint(parts[2], fields));
      }
      return;
    }
    facts
        .filter(known -> !known.containsKey(path))
        .ifPresent(
            known ->
                errors.add(
                    at,
                    "unknown_fact",
                    path
                        + " is no fact: "
                        + Nearest.hint(path, known.keySet().stream().sorted().toList())));
  }

  private static boolean fits(Object value, FactType type) {
    return switch (type) {
      case NUMBER -> value instanceof Number;
      case TEXT -> value instanceof String;
      case BOOLEAN -> value instanceof Boolean;
      case TIME -> value instanceof String text && Values.instant(text).isPresent();
    };
  }
}
