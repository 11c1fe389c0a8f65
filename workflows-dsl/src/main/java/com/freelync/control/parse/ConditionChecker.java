package com.freelync.control.parse;

import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.condition.Condition;
import com.freelync.control.condition.Condition.Comparison;
import com.freelync.control.condition.Operator;
import com.freelync.control.condition.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds comparisons that can never be decided. */
final class ConditionChecker {
  private final Places places;
  private final Errors errors;
  private final Optional<Map<String, FactType>> facts;
  private final boolean movesMoney;

  /**
   * @param facts those of the trigger's entity
   */
  ConditionChecker(
      Places places, Errors errors, Optional<Map<String, FactType>> facts, boolean movesMoney) {
    this.places = places;
    this.errors = errors;
    this.facts = facts;
    this.movesMoney = movesMoney;
  }

  void check(Condition condition, String at, Known known) {
    places.comparisons(condition, at, (comparison, place) -> comparison(comparison, place, known));
  }

  private void comparison(Comparison comparison, String at, Known known) {
    known.check(comparison.field(), at + "/field", errors);
    if (movesMoney) {
      noClaim(comparison.field(), at + "/field");
    }
    Optional<FactType> type = known.type(comparison.field());
    if (type.isPresent() && comparison.value() != null) {
      compared(comparison, comparison.value(), type.get(), at);
    }
  }

  private void compared(Comparison comparison, Object value, FactType type, String at) {
    List<Operator> fitting = Operators.of(type);
    if (!fitting.contains(comparison.operator())) {
      errors.add(
          at + "/operator",
          "type",
          "%s is %s, which %s does not compare: the operators are %s"
              .formatted(
                  comparison.field(),
                  Types.kind(type),
                  comparison.operator().word(),
                  Operators.words(fitting)));
    } else if (comparison.operator() != Operator.EXISTS && type != FactType.LIST) {
      List<?> values = value instanceof List<?> list ? list : List.of(value);
      values.stream()
          .filter(item -> !Types.fits(item, type))
          .findFirst()
          .ifPresent(
              item ->
                  errors.add(
                      at + "/value",
                      "type",
                      "%s is %s, and is not compared with %s"
                          .formatted(comparison.field(), Types.kind(type), Values.kind(item))));
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
}
