package com.freelync.control.parse;

import com.freelync.control.automation.Vocabulary.FactType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** To what may be referred at one place of a definition, and what it is. */
final class Known {
  private final Optional<Map<String, FactType>> facts;
  private final Map<String, Map<String, FactType>> results;
  private final Set<String> words;

  private Known(
      Optional<Map<String, FactType>> facts,
      Map<String, Map<String, FactType>> results,
      Set<String> words) {
    this.facts = facts;
    this.results = new HashMap<>(results);
    this.words = words;
  }

  /** What is known when a run begins. */
  static Known of(Optional<Map<String, FactType>> facts) {
    return new Known(facts, Map.of(), Set.of());
  }

  /** The same, to which more may be added without this one knowing it. */
  Known within() {
    return new Known(facts, results, words);
  }

  /** The same, with {@code item} or {@code error}. */
  Known with(String word) {
    Set<String> more = new HashSet<>(words);
    more.add(word);
    return new Known(facts, results, more);
  }

  void add(String id, Map<String, FactType> fields) {
    results.put(id, fields);
  }

  /** Takes over what became known within. */
  void takeOver(Known inner) {
    results.putAll(inner.results);
  }

  /** What a path is; empty where it may be anything. */
  Optional<FactType> type(String path) {
    String[] parts = path.split("\\.", 3);
    return switch (parts[0]) {
      case "trigger", "item", "error" -> Optional.empty();
      case "steps" ->
          parts.length == 3 && !parts[2].contains(".")
              ? Optional.ofNullable(results.getOrDefault(parts[1], Map.of()).get(parts[2]))
              : Optional.empty();
      default -> facts.map(known -> known.get(path));
    };
  }

  /** Notes what is wrong with a reference: it leads to nothing that is known here. */
  void check(String path, String at, Errors errors) {
    String[] parts = path.split("\\.", -1);
    switch (parts[0]) {
      case "trigger" -> {}
      case "item" -> word("item", "stands only in the do of a for_each", at, errors);
      case "error" -> word("error", "stands only in the catch of a try", at, errors);
      case "steps" -> result(path, parts, at, errors);
      default ->
          facts
              .filter(known -> !known.containsKey(path))
              .ifPresent(known -> errors.add(at, "unknown_fact", noFact(path, known.keySet())));
    }
  }

  private static String noFact(String path, Set<String> facts) {
    return path + " is no fact: " + Nearest.hint(path, facts.stream().sorted().toList());
  }

  private void word(String word, String where, String at, Errors errors) {
    if (!words.contains(word)) {
      errors.add(at, "unknown_reference", word + " " + where);
    }
  }

  private void result(String path, String[] parts, String at, Errors errors) {
    Map<String, FactType> fields = parts.length < 2 ? null : results.get(parts[1]);
    if (fields == null) {
      errors.add(
          at, "unknown_step", path + " refers to no step that is sure to come before this one");
    } else if (parts.length > 2 && !fields.containsKey(parts[2])) {
      errors.add(
          at,
          "unknown_result",
          path + ": " + Nearest.hint(parts[2], fields.keySet().stream().sorted().toList()));
    }
  }
}
