package com.freelync.control.parse;

import com.freelync.control.approval.Role;
import com.freelync.control.approval.Slot;
import com.freelync.control.automation.Retry;
import com.freelync.control.automation.Step;
import com.freelync.control.automation.Template;
import com.freelync.control.condition.Condition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads steps; a new construct is one more case here. */
final class StepParser {
  private static final int MOST_STEPS = 200;
  private static final int DEEPEST = 8;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");
  private static final Set<String> CONSTRUCTS = Set.of("action", "if", "approval");

  private final Set<String> ids = new HashSet<>();

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

  /** An entry of the short form: an action's name. */
  Optional<Step> shortAction(Node node) {
    return node.text()
        .filter(name -> isName(node, name))
        .map(name -> new Step.ActionStep(node.path(), null, name, Map.of(), Retry.standard()));
  }

  private Optional<Step> step(Node node, int depth) {
    if (node.value() instanceof String) {
      return shortAction(node);
    }
    Set<String> keys = node.keys();
    if (keys.contains("action")) {
      return action(node);
    }
    if (keys.contains("if")) {
      return Optional.of(branch(node, depth));
    }
    if (keys.contains("approval")) {
      return approval(node);
    }
    node.wrong(
        "unknown_step",
        keys.isEmpty()
            ? "a step is an object with action, if or approval"
            : Nearest.hint(keys.iterator().next(), CONSTRUCTS.stream().sorted().toList()));
    return Optional.empty();
  }

  private Optional<Step> action(Node node) {
    node.object(Set.of("action", "id", "with", "retry"));
    @Nullable String id = id(node.child("id"));
    Map<String, Object> with = inputs(node.child("with"));
    Retry retry = retry(node.child("retry"));
    return node.child("action")
        .text()
        .filter(name -> isName(node.child("action"), name))
        .map(name -> new Step.ActionStep(node.path(), id, name, with, retry));
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

  private void checkTexts(Node node, int depth) {
    if (depth > 6) {
      node.wrong("too_deep", "inputs may be nested 6 deep at most");
    } else if (node.value() instanceof String text) {
      if (text.length() > 10_000 || text.indexOf('\0') >= 0) {
        node.wrong("text", "at most 10000 characters without NUL are allowed");
      } else if (!Template.isWellFormed(text)) {
        node.wrong("reference", "a reference is ${trigger.FIELD} or ${steps.ID.FIELD}");
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
    node.object(Set.of("max_retries", "initial", "multiplier"));
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

  private Step branch(Node node, int depth) {
    node.object(Set.of("if", "then", "else"));
    Condition when = ConditionParser.parse(node.child("if"));
    List<Step> then = sequence(node.child("then"), depth + 1);
    List<Step> otherwise =
        node.child("else").isPresent() ? sequence(node.child("else"), depth + 1) : List.of();
    return new Step.IfStep(node.path(), when, then, otherwise);
  }

  private Optional<Step> approval(Node node) {
    node.object(Set.of("approval"));
    Node body = node.child("approval");
    if (!body.object(
        Set.of("name", "slots", "remind_after", "escalate_after", "timeout", "on_reject"))) {
      return Optional.empty();
    }
    if (!body.child("name").isPresent()) {
      body.child("name").wrong("missing", "an approval needs a name");
    }
    @Nullable String name = id(body.child("name"));
    List<Slot> slots = new ArrayList<>();
    for (Node slot : body.child("slots").list(10)) {
      slot(slot).ifPresent(slots::add);
    }
    if (slots.isEmpty()) {
      body.child("slots").wrong("empty", "an approval asks for at least one slot of roles");
    }
    Node reject = body.child("on_reject");
    String onReject = reject.isPresent() ? reject.text().orElse("end") : "end";
    if (!Set.of("end", "continue").contains(onReject)) {
      reject.wrong("value", "on_reject is end or continue");
    }
    Node remind = body.child("remind_after");
    Node timeout = body.child("timeout");
    return Optional.of(
        new Step.ApprovalStep(
            node.path(),
            name == null ? "approval" : name,
            slots,
            remind.isPresent() ? remind.duration().orElse(null) : null,
            escalations(body.child("escalate_after")),
            timeout.isPresent() ? timeout.duration().orElse(null) : null,
            onReject.equals("continue")));
  }

  private static SequencedMap<Duration, Slot> escalations(Node node) {
    TreeMap<Duration, Slot> escalations = new TreeMap<>();
    if (node.isPresent() && !node.isObject()) {
      node.wrong("type", "an object of durations and roles is needed here");
    }
    for (String key : node.keys()) {
      Node roles = node.child(key);
      Optional<Duration> after = roles.duration(key);
      Optional<Slot> slot = slot(roles);
      if (after.isPresent() && slot.isPresent()) {
        escalations.put(after.get(), slot.get());
      }
    }
    return escalations;
  }

  private static Optional<Slot> slot(Node node) {
    List<Role> roles = new ArrayList<>();
    for (Node item : node.list(10)) {
      Optional<String> name = item.text();
      if (name.isPresent() && !Role.isValid(name.get())) {
        item.wrong("role", "a role is written in capitals, such as CFO");
      } else if (name.isPresent() && !roles.contains(new Role(name.get()))) {
        roles.add(new Role(name.get()));
      }
    }
    if (roles.isEmpty()) {
      node.wrong("empty", "a slot is a list of at least one role, such as [CFO, CEO]");
      return Optional.empty();
    }
    return Optional.of(new Slot(roles));
  }

  private @Nullable String id(Node node) {
    if (!node.isPresent()) {
      return null;
    }
    Optional<String> id = node.text().filter(text -> isName(node, text));
    if (id.isPresent() && !ids.add(id.get())) {
      node.wrong("duplicate", "another step is called " + id.get());
    }
    return id.orElse(null);
  }

  private static boolean isName(Node node, String text) {
    boolean fits = NAME.matcher(text).matches();
    if (!fits) {
      node.wrong("name", "a name of small letters, digits and _ is needed here");
    }
    return fits;
  }
}
