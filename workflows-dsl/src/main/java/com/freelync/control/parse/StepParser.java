package com.freelync.control.parse;

import com.freelync.control.automation.Step;
import com.freelync.control.automation.Step.ForEachStep;
import com.freelync.control.automation.Step.IfStep;
import com.freelync.control.automation.Step.OnError;
import com.freelync.control.automation.Step.ParallelStep;
import com.freelync.control.automation.Step.StopStep;
import com.freelync.control.automation.Step.TryStep;
import com.freelync.control.automation.Step.WaitStep;
import com.freelync.control.automation.Template;
import com.freelync.control.automation.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads steps; a new construct is one more case here. */
final class StepParser {
  private static final int MOST_STEPS = 200;
  private static final int MOST_BRANCHES = 20;
  private static final int LARGEST_BATCH = 100;
  private static final int DEEPEST_LOOPS = 2;
  private static final int DEEPEST = 8;
  private static final List<String> CONSTRUCTS =
      List.of("action", "approval", "for_each", "if", "parallel", "stop", "try", "wait");

  private final Names names = new Names();
  private final ActionParser actions = new ActionParser(names);
  private final ApprovalParser approvals = new ApprovalParser(names);
  private int loops;

  List<Step> sequence(Node node, int depth) {
    if (depth > DEEPEST) {
      node.wrong("too_deep", "steps may be nested " + DEEPEST + " deep at most");
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    for (Node item : node.list(MOST_STEPS)) {
      step(item, depth).ifPresent(steps::add);
    }
    return steps;
  }

  /** Steps that may be left out. */
  private List<Step> optional(Node node, int depth) {
    return node.isPresent() ? sequence(node, depth) : List.of();
  }

  /** Steps without which what is around them would do nothing. */
  private List<Step> needed(Node node, int depth) {
    List<Step> steps = sequence(node, depth);
    if (steps.isEmpty() && node.errors().isEmpty()) {
      node.wrong("empty", "at least one step is needed here");
    }
    return steps;
  }

  private Optional<? extends Step> step(Node node, int depth) {
    if (node.value() instanceof String) {
      return shortForm(node);
    }
    if (isAsking(node)) {
      return Optional.of(approvals.action(node));
    }
    Set<String> keys = node.keys();
    Optional<String> construct = CONSTRUCTS.stream().filter(keys::contains).findFirst();
    if (construct.isEmpty()) {
      node.wrong(
          "unknown_step",
          keys.isEmpty()
              ? "a step is an object with one of " + String.join(", ", CONSTRUCTS)
              : Nearest.hint(keys.iterator().next(), CONSTRUCTS));
      return Optional.empty();
    }
    return switch (construct.get()) {
      case "action" -> actions.action(node);
      case "approval" -> approvals.approval(node);
      case "for_each" -> forEach(node, depth);
      case "if" -> Optional.of(branch(node, depth));
      case "parallel" -> Optional.of(parallel(node, depth));
      case "stop" -> Optional.of(stop(node));
      case "try" -> Optional.of(attempt(node, depth));
      default -> pause(node);
    };
  }

  /** A step that is an action's name alone. */
  Optional<? extends Step> shortForm(Node node) {
    return isAsking(node) ? Optional.of(approvals.action(node)) : ActionParser.shortForm(node);
  }

  private static boolean isAsking(Node node) {
    Object name = node.isObject() ? node.child("action").value() : node.value();
    return ApprovalParser.ACTION.equals(name);
  }

  private Step branch(Node node, int depth) {
    node.object(Fields.IF);
    return new IfStep(
        node.path(),
        ConditionParser.parse(node.child("if")),
        sequence(node.child("then"), depth + 1),
        optional(node.child("else"), depth + 1));
  }

  private Step parallel(Node node, int depth) {
    node.object(Fields.PARALLEL);
    List<List<Step>> branches = new ArrayList<>();
    for (Node branch : node.child("parallel").list(MOST_BRANCHES)) {
      branches.add(needed(branch, depth + 1));
    }
    if (branches.isEmpty() && node.errors().isEmpty()) {
      node.child("parallel").wrong("empty", "at least one branch, a list of steps, is needed");
    }
    return new ParallelStep(node.path(), branches);
  }

  private Optional<ForEachStep> forEach(Node node, int depth) {
    node.object(Fields.FOR_EACH);
    Node body = node.child("for_each");
    if (!body.object(Fields.FOR_EACH_BODY)) {
      return Optional.empty();
    }
    @Nullable String id = names.read(body.child("id"));
    Node items = body.child("items");
    Node batch = body.child("batch");
    int size =
        batch.isPresent() ? batch.integer(1, LARGEST_BATCH).orElse(1) : ForEachStep.STANDARD_BATCH;
    if (loops == DEEPEST_LOOPS) {
      node.wrong("too_deep", "loops may be nested " + DEEPEST_LOOPS + " deep at most");
      return Optional.empty();
    }
    loops++;
    List<Step> steps = needed(body.child("do"), depth + 1);
    loops--;
    Object list = items.value();
    if (list == null) {
      items.wrong(
          "missing", "the items are needed: a list, or a reference such as ${steps.ID.FIELD}");
      return Optional.empty();
    }
    if (!(list instanceof List) && !isReference(items)) {
      items.wrong("type", "a list, or one reference such as ${steps.ID.FIELD}, is needed here");
      return Optional.empty();
    }
    ActionParser.checkTexts(items, 0);
    return Optional.of(new ForEachStep(node.path(), id, list, size, steps));
  }

  private static boolean isReference(Node node) {
    return node.value() instanceof String text && Template.isReference(text);
  }

  private static Optional<WaitStep> pause(Node node) {
    node.object(Fields.WAIT);
    Optional<String> until = node.child("wait").text();
    if (until.isPresent()
        && !Template.isReference(until.get())
        && Until.parse(until.get()).isEmpty()) {
      node.child("wait")
          .wrong(
              "wait",
              "a duration such as PT10M, an RFC 3339 time, or one reference such as"
                  + " ${trigger.FIELD} is needed here");
      return Optional.empty();
    }
    return until.map(text -> new WaitStep(node.path(), text));
  }

  private Step attempt(Node node, int depth) {
    node.object(Fields.TRY);
    @Nullable String id = names.read(node.child("id"));
    OnError onError = node.child("on_error").word(OnError.class, OnError.FAIL);
    if (onError == OnError.CONTINUE && node.child("catch").isPresent()) {
      node.child("on_error")
          .wrong("value", "with catch the run goes on anyway: write either catch or continue");
    }
    return new TryStep(
        node.path(),
        id,
        needed(node.child("try"), depth + 1),
        onError,
        optional(node.child("catch"), depth + 1),
        optional(node.child("finally"), depth + 1));
  }

  private static Step stop(Node node) {
    node.object(Fields.STOP);
    Node body = node.child("stop");
    if (!body.isObject()) {
      return stop(node, StopStep.Outcome.COMPLETED, body);
    }
    body.object(Fields.STOP_BODY);
    return stop(
        node,
        body.child("outcome").word(StopStep.Outcome.class, StopStep.Outcome.COMPLETED),
        body.child("reason"));
  }

  private static Step stop(Node node, StopStep.Outcome outcome, Node reason) {
    String why = reason.text().orElse("stopped");
    if (!Template.isWellFormed(why)) {
      reason.wrong("reference", "a reference is ${trigger.FIELD}, ${steps.ID.FIELD} or ${item}");
    }
    return new StopStep(node.path(), outcome, why);
  }
}
