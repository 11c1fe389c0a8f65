package com.freelync.control.parse;

import com.freelync.control.automation.Step.ActionStep;
import com.freelync.control.automation.Template;
import com.freelync.control.automation.Trigger;
import com.freelync.control.automation.Vocabulary;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds in calls of actions what would be refused, or would be missing, when they are made. */
final class ActionChecker {
  private final Vocabulary vocabulary;
  private final Places places;
  private final Errors errors;
  private final Trigger trigger;
  private final Optional<String> idField;
  private final Set<String> limited;

  /**
   * @param idField the field of the trigger's data with its entity's id
   * @param limited the actions for which the definition has a limit of its own
   */
  ActionChecker(
      Vocabulary vocabulary,
      Places places,
      Errors errors,
      Trigger trigger,
      Optional<String> idField,
      Set<String> limited) {
    this.vocabulary = vocabulary;
    this.places = places;
    this.errors = errors;
    this.trigger = trigger;
    this.idField = idField;
    this.limited = limited;
  }

  void check(ActionStep step, Known known) {
    Optional<ActionSignature> signature = vocabulary.action(step.action());
    if (signature.isEmpty()) {
      errors.add(
          places.field(step.path(), "action"),
          "unknown_action",
          Nearest.hint(step.action(), vocabulary.actionNames()));
      return;
    }
    inputs(step, signature.get(), known);
    limits(step, signature.get());
    for (ActionStep undo : step.compensate()) {
      if (vocabulary.action(undo.action()).map(ActionSignature::movesMoney).orElse(false)) {
        errors.add(
            undo.path(),
            "moves_money",
            "what undoes something moves no money: write it as a step of catch");
      }
      check(undo, known.within());
    }
    if (step.id() != null) {
      known.add(step.id(), outputs(signature.get()));
    }
  }

  private static Map<String, FactType> outputs(ActionSignature signature) {
    return signature.outputs().stream()
        .collect(Collectors.toMap(OutputField::name, OutputField::type));
  }

  private void inputs(ActionStep step, ActionSignature signature, Known known) {
    String at = step.path();
    List<String> names = signature.inputs().stream().map(InputField::name).toList();
    step.with().keySet().stream()
        .sorted()
        .filter(name -> !names.contains(name))
        .forEach(
            name ->
                errors.add(
                    Pointer.to(at + "/with", name), "unknown_input", Nearest.hint(name, names)));
    for (InputField input : signature.inputs()) {
      Object value = step.with().get(input.name());
      if (value == null) {
        missing(step, input);
        continue;
      }
      int before = errors.all().size();
      input(input, value, at + "/with/" + input.name(), known);
      if (signature.movesMoney() && errors.all().size() == before) {
        ownEntity(input.name(), value, at + "/with/" + input.name());
      }
    }
  }

  /** A schedule has no data from which an input could come. */
  private void missing(ActionStep step, InputField input) {
    if (input.required() && trigger instanceof Trigger.Cron) {
      errors.add(
          step.path(),
          "missing_input",
          "%s needs %s, and a schedule has no data: write with: {%s: …}"
              .formatted(step.action(), input.name(), input.name()));
    }
  }

  private void input(InputField input, Object value, String at, Known known) {
    List<String> references = Template.references(value);
    references.forEach(reference -> known.check(reference, at, errors));
    if (!mayFit(value, references, input.type())) {
      errors.add(at, "type", input.name() + " is " + Types.kind(input.type()));
    } else if (references.isEmpty()
        && !input.choices().isEmpty()
        && !input.choices().contains(String.valueOf(value))) {
      errors.add(at, "value", Nearest.hint(String.valueOf(value), input.choices()));
    }
    if (value instanceof String text && Template.isReference(text)) {
      known
          .type(references.getFirst())
          .filter(type -> !Types.fits(type, input.type()))
          .ifPresent(
              type ->
                  errors.add(
                      at,
                      "type",
                      "%s is %s, and %s is %s"
                          .formatted(
                              input.name(), Types.kind(input.type()), text, Types.kind(type))));
    }
  }

  /** A reference alone becomes whatever it leads to; one among words stays a part of a text. */
  private static boolean mayFit(Object value, List<String> references, FactType type) {
    return Types.fits(value, type)
        || (value instanceof String text
            && !references.isEmpty()
            && (type == FactType.TIME || Template.isReference(text)));
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

  private void limits(ActionStep step, ActionSignature signature) {
    if (signature.movesMoney()
        && !vocabulary.isLimited(signature.name())
        && !limited.contains(signature.name())) {
      errors.add(
          step.path(),
          "unlimited",
          "%s moves money and has no limit: write limits: {%s: {max_total_amount: …}}"
              .formatted(signature.name(), signature.name()));
    }
  }
}
