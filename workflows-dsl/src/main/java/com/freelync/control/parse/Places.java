package com.freelync.control.parse;

import com.freelync.control.condition.Condition;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Finds in a document where the parts of its definition stand, as JSON Pointers (RFC 6901). */
final class Places {
  private final Map<String, ?> document;

  Places(Map<String, ?> document) {
    this.document = document;
  }

  /**
   * The place of a field of what stands at a place, or that place where the short form has none.
   */
  String field(String place, String name) {
    return at(place) instanceof Map ? place + "/" + name : place;
  }

  /** How many fields the object at a place has; none where there is no object. */
  int fields(String place) {
    return at(place) instanceof Map<?, ?> map ? map.size() : 0;
  }

  /** Shows every comparison of the condition that stands at a place, each with its own place. */
  void comparisons(
      Condition condition, String place, BiConsumer<Condition.Comparison, String> seen) {
    comparisons(condition, at(place), place, seen);
  }

  private static void comparisons(
      Condition condition,
      @Nullable Object written,
      String place,
      BiConsumer<Condition.Comparison, String> seen) {
    switch (condition) {
      case Condition.All all -> parts(all.parts(), "all", written, place, seen);
      case Condition.Any any -> parts(any.parts(), "any", written, place, seen);
      case Condition.Not not ->
          comparisons(not.part(), child(written, "not"), place + "/not", seen);
      case Condition.Comparison comparison -> seen.accept(comparison, place);
    }
  }

  /** A list says {@code all} without the word. */
  private static void parts(
      List<Condition> parts,
      String word,
      @Nullable Object written,
      String place,
      BiConsumer<Condition.Comparison, String> seen) {
    boolean isNamed = !(written instanceof List);
    Object list = isNamed ? child(written, word) : written;
    String start = isNamed ? place + "/" + word : place;
    for (int i = 0; i < parts.size(); i++) {
      comparisons(parts.get(i), child(list, String.valueOf(i)), start + "/" + i, seen);
    }
  }

  private @Nullable Object at(String place) {
    Object found = document;
    for (String name : place.substring(1).split("/", -1)) {
      found = child(found, name);
    }
    return found;
  }

  private static @Nullable Object child(@Nullable Object parent, String name) {
    if (parent instanceof List<?> list) {
      int index = Integer.parseInt(name);
      return index < list.size() ? list.get(index) : null;
    }
    return parent instanceof Map<?, ?> map ? map.get(name) : null;
  }
}
