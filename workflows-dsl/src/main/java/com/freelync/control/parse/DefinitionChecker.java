package com.freelync.control.parse;

import com.freelync.control.automation.Definition;
import com.freelync.control.automation.DefinitionError;
import com.freelync.control.automation.Steps;
import com.freelync.control.automation.Vocabulary;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds in a well-formed definition what it speaks of and what does not exist here. */
public final class DefinitionChecker {
  private final Definition definition;
  private final Vocabulary vocabulary;
  private final Places places;
  private final Errors errors = new Errors();
  private final Optional<Map<String, FactType>> facts;
  private final Optional<String> idField;

  private DefinitionChecker(Definition definition, Places places, Vocabulary vocabulary) {
    this.definition = definition;
    this.vocabulary = vocabulary;
    this.places = places;
    this.facts = TriggerChecker.facts(definition.trigger(), vocabulary);
    this.idField = TriggerChecker.idField(definition.trigger(), vocabulary);
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
    checker.limits();
    checker.body();
    return checker.errors.all();
  }

  private void limits() {
    if (definition.limits().containsKey(ApprovalParser.ACTION)) {
      errors.add(
          "/limits/" + ApprovalParser.ACTION,
          "unlimited",
          "people may be asked as often as need be: limit what is done afterwards");
    }
    definition.limits().keySet().stream()
        .filter(action -> vocabulary.action(action).isEmpty())
        .forEach(
            action ->
                errors.add(
                    Pointer.to("/limits", action),
                    "unknown_action",
                    Nearest.hint(action, vocabulary.actionNames())));
  }

  private void body() {
    boolean movesMoney =
        Steps.actions(definition.steps())
            .anyMatch(
                step ->
                    vocabulary
                        .action(step.action())
                        .map(ActionSignature::movesMoney)
                        .orElse(false));
    ConditionChecker conditions = new ConditionChecker(places, errors, facts, movesMoney);
    ActionChecker actions =
        new ActionChecker(
            vocabulary,
            places,
            errors,
            definition.trigger(),
            idField,
            definition.limits().keySet());
    Known known = Known.of(facts);
    conditions.check(definition.conditions(), "/conditions", known);
    new StepChecker(vocabulary, places, errors, conditions, actions, movesMoney)
        .sequence(definition.steps(), known);
  }
}
