package com.freelync.control.parse;

import com.freelync.control.automation.Retry;
import com.freelync.control.automation.Step.ActionStep;
import com.freelync.control.automation.Template;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads steps that perform an action. */
final class ActionParser {
  private static final int MOST_COMPENSATIONS = 10;

  private final Names names;

  ActionParser(Names names) {
    this.names = names;
  }

  /** An entry of the short form: an action's name. */
  static Optional<ActionStep> shortForm(Node node) {
    return node.text()
        .filter(name -> Names.isName(node, name))
        .map(name -> new ActionStep(node.path(), null, name, Map.of(), Retry.standard()));
  }

  Optional<ActionStep> action(Node node) {
    node.object(Fields.ACTION);
    @Nullable String id = names.read(node.child("id"));
    Map<String, Object> with = inputs(node.child("with"));
    Retry retry = retry(node.child("retry"));
    List<ActionStep> compensate = compensations(node.child("compensate"));
    return node.child("action")
        .text()
        .filter(name -> Names.isName(node.child("action"), name))
        .map(name -> new ActionStep(node.path(), id, name, with, retry, compensate));
  }

  private List<ActionStep> compensations(Node node) {
    List<ActionStep> steps = new ArrayList<>();
    if (node.isPresent()) {
      for (Node item : node.list(MOST_COMPENSATIONS)) {
        requireDeed(item);
        Optional<ActionStep> step =
            item.value() instanceof String ? shortForm(item) : compensation(item);
        step.ifPresent(steps::add);
      }
    }
    return steps;
  }

  private static void requireDeed(Node item) {
    Object name = item.isObject() ? item.child("action").value() : item.value();
    if (ApprovalParser.ACTION.equals(name)) {
      item.wrong("asks", "what undoes something asks nobody: name an action that does it");
    }
  }

  /** What undoes something is not undone itself. */
  private Optional<ActionStep> compensation(Node node) {
    if (node.child("compensate").isPresent()) {
      node.child("compensate").wrong("unknown_field", "a compensation has no compensation");
    }
    return action(node);
  }

  private Map<String, Object> inputs(Node node) {
    if (!node.isPresent()) {
      return Map.of();
    }
    if (!node.isObject()) {
      node.wrong("type", "an object of inputs is needed here");
      return Map.of();
    }
    Map<String, Object> with = new LinkedHashMap<>();
    for (String key : node.keys()) {
      Node input = node.child(key);
      if (input.value() == null) {
        input.wrong("type", "null is no input: leave the field out");
        continue;
      }
      checkTexts(input, 0);
      with.put(key, input.value());
    }
    return with;
  }

  static void checkTexts(Node node, int depth) {
    if (node.value() == null) {
      node.wrong("type", "null has no place here: leave it out");
    } else if (depth > 6) {
      node.wrong("too_deep", "inputs may be nested 6 deep at most");
    } else if (node.value() instanceof String text) {
      if (text.length() > 10_000 || text.indexOf('\0') >= 0) {
        node.wrong("text", "at most 10000 characters without NUL are allowed");
      } else if (!Template.isWellFormed(text)) {
        node.wrong("reference", "a reference is ${trigger.FIELD}, ${steps.ID.FIELD} or ${item}");
      }
    } else if (node.value() instanceof List) {
      node.list(1_000).forEach(item -> checkTexts(item, depth + 1));
    } else if (node.isObject()) {
      node.keys().forEach(key -> checkTexts(node.child(key), depth + 1));
    }
  }

  private Retry retry(Node node) {
    if (!node.isPresent()) {
      return Retry.standard();
    }
    node.object(Fields.RETRY);
    Retry standard = Retry.standard();
    Node retries = node.child("max_retries");
    Node initial = node.child("initial");
    Node multiplier = node.child("multiplier");
    return new Retry(
        retries.isPresent() ? retries.integer(0, 20).orElse(3) : standard.maxRetries(),
        initial.isPresent() ? initial.duration().orElse(standard.initial()) : standard.initial(),
        multiplier.isPresent() ? hundredths(multiplier) : standard.multiplier());
  }

  private static int hundredths(Node node) {
    if (node.value() instanceof Number number) {
      BigDecimal value = new BigDecimal(number.toString());
      if (value.compareTo(BigDecimal.ONE) >= 0 && value.compareTo(BigDecimal.TEN) <= 0) {
        return value.movePointRight(2).intValue();
      }
    }
    node.wrong("number", "a number from 1 to 10 is needed here");
    return 200;
  }
}
