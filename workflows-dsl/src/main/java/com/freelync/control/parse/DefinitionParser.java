package com.freelync.control.parse;

import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.Definition;
import com.freelync.control.automation.DefinitionError;
import com.freelync.control.automation.Mode;
import com.freelync.control.automation.OnLimit;
import com.freelync.control.automation.Step;
import com.freelync.control.automation.Trigger;
import com.freelync.control.condition.Condition;
import com.freelync.control.condition.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a document of maps and lists, in the short or the long form, into a definition. */
public final class DefinitionParser {
  private static final int LONGEST_NAME = 120;

  private DefinitionParser() {}

  /** What a document says, or everything that is wrong with it. */
  public sealed interface Result {
    /** It is a definition. */
    record Parsed(Definition definition) implements Result {}

    /** It is none. */
    record Invalid(List<DefinitionError> errors) implements Result {}
  }

  /** Reads a document. */
  public static Result parse(Map<String, ?> document) {
    Errors errors = new Errors();
    Definition definition = read(new Node(document, "", errors));
    return errors.isEmpty() ? new Result.Parsed(definition) : new Result.Invalid(errors.all());
  }

  private static Definition read(Node node) {
    node.object(Fields.DEFINITION);
    Node name = node.child("name");
    String title = name.text().orElse("");
    if (title.length() > LONGEST_NAME) {
      name.wrong("text", "a name has at most " + LONGEST_NAME + " characters");
    }
    Node description = node.child("description");
    @Nullable String about = description.isPresent() ? description.text().orElse(null) : null;
    Node trigger = node.child("trigger");
    Trigger when = new Trigger.Manual();
    if (trigger.isPresent()) {
      when = TriggerParser.parse(trigger);
    } else {
      trigger.wrong("missing", "a trigger is needed, such as event: payout.requested");
    }
    Node conditions = node.child("conditions");
    Condition condition =
        conditions.isPresent() ? ConditionParser.parse(conditions) : Condition.always();
    return new Definition(
        title,
        about,
        when,
        condition,
        mode(node.child("mode")),
        node.child("on_limit").word(OnLimit.class, OnLimit.QUEUE),
        limits(node.child("limits")),
        steps(node));
  }

  private static List<Step> steps(Node node) {
    Node actions = node.child("actions");
    Node steps = node.child("steps");
    if (actions.isPresent() == steps.isPresent()) {
      (actions.isPresent() ? actions : steps)
          .wrong("steps", "write either actions (a list of names) or steps");
      return List.of();
    }
    List<Step> parsed = new ArrayList<>();
    if (steps.isPresent()) {
      parsed.addAll(new StepParser().sequence(steps, 1));
    } else {
      StepParser parser = new StepParser();
      actions.list(200).forEach(item -> parser.shortForm(item).ifPresent(parsed::add));
    }
    if (parsed.isEmpty() && node.errors().isEmpty()) {
      (steps.isPresent() ? steps : actions).wrong("empty", "at least one step is needed");
    }
    return parsed;
  }

  private static Mode mode(Node node) {
    if (!node.isPresent()) {
      return Mode.standard();
    }
    if (node.isObject()) {
      node.object(Set.of("parallel"));
      return new Mode.Parallel(node.child("parallel").integer(1, Mode.MOST_PARALLEL).orElse(1));
    }
    String word = node.text().orElse("single");
    return switch (word) {
      case "single" -> new Mode.Single();
      case "queued" -> new Mode.Queued();
      case "restart" -> new Mode.Restart();
      default -> {
        node.wrong("mode", "mode is single, queued, restart or {parallel: N}");
        yield Mode.standard();
      }
    };
  }

  private static SortedMap<String, ActionLimits> limits(Node node) {
    SortedMap<String, ActionLimits> limits = new TreeMap<>();
    if (node.isPresent() && !node.isObject()) {
      node.wrong("type", "an object of limits by action is needed here");
    }
    for (String action : node.keys()) {
      Node limit = node.child(action);
      if (limit.object(Fields.LIMITS)) {
        limits.put(
            action,
            new ActionLimits(
                count(limit.child("max_per_hour")),
                count(limit.child("max_per_day")),
                amount(limit.child("max_total_amount"))));
      }
    }
    return limits;
  }

  private static @Nullable Integer count(Node node) {
    return node.isPresent() ? node.integer(0, 1_000_000_000).orElse(null) : null;
  }

  /** ETB, exact to the santim. */
  private static @Nullable BigDecimal amount(Node node) {
    if (!node.isPresent()) {
      return null;
    }
    Object value = node.value();
    if (value != null
        && Values.normalize(value) instanceof BigDecimal etb
        && etb.signum() >= 0
        && etb.stripTrailingZeros().scale() <= 2
        && etb.precision() - etb.scale() <= 15) {
      return etb;
    }
    node.wrong("amount", "an amount in ETB with at most two decimals is needed here");
    return null;
  }
}
