package com.freelync.control.parse;

import com.freelync.control.approval.Role;
import com.freelync.control.approval.Slot;
import com.freelync.control.automation.Definition;
import com.freelync.control.automation.DefinitionError;
import com.freelync.control.automation.Step;
import com.freelync.control.automation.Step.ActionStep;
import com.freelync.control.automation.Step.ApprovalStep;
import com.freelync.control.automation.Step.IfStep;
import com.freelync.control.automation.Template;
import com.freelync.control.automation.Vocabulary;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import com.freelync.control.condition.Condition;
import com.freelync.control.condition.Condition.Comparison;
import com.freelync.control.condition.Operator;
import com.freelync.control.condition.Values;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds in a well-formed definition what it speaks of and what does not exist here. */
public final class DefinitionChecker {
  private final Vocabulary vocabulary;
  private final Places places;
  private final Errors errors = new Errors();
  private final Optional<Map<String, FactType>> facts;
  private final Optional<String> idField;
  private final boolean movesMoney;
  private final Map<String, Set<String>> results = new HashMap<>();

  private DefinitionChecker(Definition definition, Places places, Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.places = places;
    this.facts = TriggerChecker.facts(definition.trigger(), vocabulary);
    this.idField = TriggerChecker.idField(definition.trigger(), vocabulary);
    this.movesMoney = definition.steps().stream().anyMatch(this::movesMoney);
  }

  /**
   * Everything that is wrong, each at its place in the document; empty if nothing is.
   *
   * @param document what the definition was read from
   */
  public static List<DefinitionError> check(
      Definition definition, Map<String, ?> document, Vocabulary vocabulary) {
    Places places = new Places(document);
    DefinitionChecker checker = new DefinitionChecker(definition, places, vocabulary);
    TriggerChecker.check(definition.trigger(), vocabulary, places, checker.errors);
    checker.condition(definition.conditions(), "/conditions");
    checker.sequence(definition.steps());
    return checker.errors.all();
  }

  private boolean movesMoney(Step step) {
    return switch (step) {
      case ActionStep action ->
          vocabulary.action(action.action()).map(ActionSignature::movesMoney).orElse(false);
      case IfStep branch ->
          branch.then().stream().anyMatch(this::movesMoney)
              || branch.otherwise().stream().anyMatch(this::movesMoney);
      case ApprovalStep approval -> false;
    };
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
      case ApprovalStep approval -> approval(approval);
    }
  }

  private void approval(ApprovalStep step) {
    String at = step.path() + "/approval";
    for (int i = 0; i < step.slots().size(); i++) {
      approvers(step.slots().get(i), at + "/slots/" + i);
    }
    String escalations = at + "/escalate_after";
    step.escalateAfter().forEach((after, slot) -> approvers(slot, escalations));
    comesInTime(step.remindAfter(), step.timeout(), at + "/remind_after");
    step.escalateAfter().keySet().forEach(after -> comesInTime(after, step.timeout(), escalations));
    if (places.fields(escalations) > step.escalateAfter().size()) {
      errors.add(escalations, "duplicate", "two escalations come after the same time");
    }
    results.put(step.name(), Set.of("outcome", "by", "comment"));
  }

  /** What comes when it is over never comes. */
  private void comesInTime(@Nullable Duration after, @Nullable Duration end, String at) {
    if (after != null && end != null && after.compareTo(end) >= 0) {
      errors.add(
          at,
          "never",
          after + " never comes: it counts as rejected after " + end + "; give a time before that");
    }
  }

  /** Who is asked can answer: else a run would wait for nobody. */
  private void approvers(Slot slot, String at) {
    for (Role role : slot.roles()) {
      if (!vocabulary.approvers().contains(role)) {
        List<String> known = vocabulary.approvers().stream().map(Role::name).sorted().toList();
        errors.add(
            at,
            "cannot_approve",
            role.name() + " may not approve; " + Nearest.hint(role.name(), known));
      }
    }
  }

  private void action(ActionStep step) {
    Optional<ActionSignature> signature = vocabulary.action(step.action());
    String at = step.path();
    if (signature.isEmpty()) {
      errors.add(
          places.field(at, "action"),
          "unknown_action",
          Nearest.hint(step.action(), vocabulary.actionNames()));
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
        int before = errors.all().size();
        input(input, value, at + "/with/" + input.name());
        if (signature.get().movesMoney() && errors.all().size() == before) {
          ownEntity(input.name(), value, at + "/with/" + input.name());
        }
      }
    }
    if (step.id() != null) {
      results.put(
          step.id(),
          signature.get().outputs().stream().map(OutputField::name).collect(Collectors.toSet()));
    }
  }

  private void input(InputField input, Object value, String at) {
    List<String> references = Template.references(value);
    references.forEach(reference -> reference(reference, at));
    if (references.isEmpty() && !fits(value, input.type())) {
      errors.add(at, "type", input.name() + " is " + input.type().name().toLowerCase(Locale.ROOT));
    }
  }

  /** The conditions were decided on the trigger's entity: no other one is paid by them. */
  private void ownEntity(String name, Object value, String at) {
    idField
        .filter(field -> field.equals(name) && !value.equals("${trigger." + field + "}"))
        .ifPresent(
            field ->
                errors.add(
                    at,
                    "other_entity",
                    "the conditions are decided on the trigger's own %s: leave it out, or write ${trigger.%s}"
                        .formatted(field, field)));
  }

  private void condition(Condition condition, String at) {
    places.comparisons(condition, at, this::comparison);
  }

  private void comparison(Comparison comparison, String at) {
    reference(comparison.field(), at + "/field");
    if (movesMoney) {
      noClaim(comparison.field(), at + "/field");
    }
    FactType type = facts.map(known -> known.get(comparison.field())).orElse(null);
    Object value = comparison.value();
    if (type == null || value == null) {
      return;
    }
    List<Operator> fitting = Operators.of(type);
    if (!fitting.contains(comparison.operator())) {
      errors.add(
          at + "/operator",
          "type",
          "%s is %s, which %s does not compare: the operators are %s"
              .formatted(
                  comparison.field(),
                  kind(type),
                  comparison.operator().word(),
                  Operators.words(fitting)));
    } else if (comparison.operator() != Operator.EXISTS) {
      List<?> values = value instanceof List<?> list ? list : List.of(value);
      values.stream()
          .filter(item -> !fits(item, type))
          .findFirst()
          .ifPresent(
              item ->
                  errors.add(
                      at + "/value",
                      "type",
                      "%s is %s, and is not compared with %s"
                          .formatted(comparison.field(), kind(type), Values.kind(item))));
    }
  }

  /** What an event says of its entity is a claim of its sender; money is decided on facts. */
  private void noClaim(String path, String at) {
    if (!path.startsWith("trigger.")) {
      return;
    }
    String name = path.substring("trigger.".length());
    if (facts.map(known -> known.containsKey(name)).orElse(false)) {
      errors.add(
          at,
          "claimed_fact",
          path
              + " is only what the event claims, and this definition moves money: write "
              + name
              + ", which is read from the source");
    }
  }

  private static String kind(FactType type) {
    return switch (type) {
      case NUMBER -> "a number";
      case TEXT -> "a text";
      case BOOLEAN -> "true/false";
      case TIME -> "a time";
      case LIST -> "a list";
      case ANY -> "a value";
    };
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
      case LIST -> value instanceof List;
      case ANY -> true;
    };
  }
}
