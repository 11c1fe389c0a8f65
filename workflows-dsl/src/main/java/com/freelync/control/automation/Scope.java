package com.freelync.control.automation;

import com.freelync.control.condition.Facts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a running definition can refer to: the facts, the trigger's data under {@code trigger.}, the
 * results of steps under {@code steps.}, within a loop its {@code item}, and within the handler of
 * a failure the {@code error}.
 */
public final class Scope implements Facts {
  private final @Nullable Scope outer;
  private final Facts facts;
  private final Facts trigger;
  private final Map<String, @Nullable Object> words;
  private final Map<String, Map<String, Object>> steps = new LinkedHashMap<>();

  private Scope(
      @Nullable Scope outer, Facts facts, Facts trigger, Map<String, @Nullable Object> words) {
    this.outer = outer;
    this.facts = facts;
    this.trigger = trigger;
    this.words = new LinkedHashMap<>(words);
  }

  /** A scope at the start of a run. */
  public Scope(Map<String, Object> facts, Map<String, Object> triggerData) {
    this(null, Facts.of(facts), Facts.of(triggerData), Map.of());
  }

  /**
   * A scope in the middle of a run.
   *
   * @param results what steps gave so far, by their ids
   * @param words the {@code item} and {@code error} that are seen there
   */
  public Scope(
      Map<String, Object> facts,
      Map<String, Object> triggerData,
      Map<String, Map<String, Object>> results,
      Map<String, @Nullable Object> words) {
    this(null, Facts.of(facts), Facts.of(triggerData), words);
    steps.putAll(results);
  }

  /** A scope within this one, whose results this one does not see. */
  public Scope within() {
    return new Scope(this, facts, trigger, Map.of());
  }

  /**
   * The scope of one item of a loop; senders' lists may hold null, which is nothing to refer to.
   */
  public Scope withItem(@Nullable Object item) {
    return new Scope(this, facts, trigger, Collections.singletonMap("item", item));
  }

  /** The scope of what handles a failure. */
  Scope withError(RunOutcome.Failed failed) {
    return new Scope(this, facts, trigger, Map.of("error", failed.asResult()));
  }

  /** Makes a step's result known to later steps. */
  public void put(String id, Map<String, Object> result) {
    steps.put(id, result);
  }

  /** Takes over what the steps of an inner scope gave. */
  void takeOver(Scope inner) {
    steps.putAll(inner.steps);
  }

  /** The results that steps gave so far, those of outer scopes too. */
  public Map<String, Map<String, Object>> results() {
    Map<String, Map<String, Object>> results =
        outer == null ? new LinkedHashMap<>() : outer.results();
    results.putAll(steps);
    return results;
  }

  /** The {@code item} and {@code error} that are seen here. */
  public Map<String, @Nullable Object> words() {
    Map<String, @Nullable Object> seen = outer == null ? new LinkedHashMap<>() : outer.words();
    seen.putAll(words);
    return seen;
  }

  @Override
  public Optional<Object> find(String path) {
    int dot = path.indexOf('.');
    String first = dot < 0 ? path : path.substring(0, dot);
    String rest = dot < 0 ? "" : path.substring(dot + 1);
    return switch (first) {
      case "trigger" -> trigger.find(rest);
      case "steps" -> result(rest);
      case "item", "error" -> word(first).flatMap(found -> deeper(found, rest));
      default -> facts.find(path);
    };
  }

  private Optional<Object> result(String path) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Optional<Object> found = Facts.of(scope.steps).find(path);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Object> word(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      if (scope.words.containsKey(name)) {
        return Optional.ofNullable(scope.words.get(name));
      }
    }
    return Optional.empty();
  }

  private static Optional<Object> deeper(Object found, String rest) {
    return rest.isEmpty()
        ? Optional.of(found)
        : found instanceof Map<?, ?> map ? inside(map, rest) : Optional.empty();
  }

  private static Optional<Object> inside(Map<?, ?> map, String rest) {
    Map<String, Object> tree = new LinkedHashMap<>();
    map.forEach((key, value) -> tree.put(String.valueOf(key), value));
    return Facts.of(tree).find(rest);
  }
}
