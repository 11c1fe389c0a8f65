package com.freelync.control.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gets documents wrong, as people and programs do: a field here, a type there. */
final class Mutations {
  /** Deeper than any body is read. */
  private static final int TOO_DEEP = 80;

  private static final List<Object> ODD =
      List.of(
          "",
          " ",
          "\0",
          "null",
          "${",
          "${steps.nobody.knows}",
          "${item}",
          "${error.message}",
          "${trigger.a.b.c}",
          "x".repeat(2_500),
          "P1Y",
          "PT-1S",
          "PT999999999999H",
          "9999-12-31T23:59:59Z",
          "+999999999-12-31T23:59:59Z",
          "0 0 31 2 *",
          "😀",
          "(",
          -1,
          0,
          0.1,
          true,
          new BigDecimal("1E+400"),
          new BigDecimal("1E-400"),
          new BigDecimal("1E+999999999"),
          BigInteger.TEN.pow(60),
          Double.NaN,
          Double.NEGATIVE_INFINITY,
          List.of(),
          Map.of(),
          List.of(List.of()),
          Collections.nCopies(1_500, 1));
  private static final List<String> NAMES =
      List.of("", "a/b", "~", "a.b", "${trigger.x}", "action", "if", "items", "surprise", "ሀ");

  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  /** A document that was got wrong in one to three ways, or by chance in none. */
  Map<String, Object> next(Map<String, Object> document) {
    Object mutant = copy(document);
    for (int i = 0; i <= random.nextInt(3); i++) {
      mutant = mutate(mutant);
    }
    return mutant instanceof Map<?, ?> map ? named(map) : document;
  }

  private static Map<String, Object> named(Map<?, ?> map) {
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach((name, value) -> named.put(String.valueOf(name), value));
    return named;
  }

  /** A field of an object, or an entry of a list. */
  private sealed interface Slot {
    record Field(Map<Object, Object> parent, Object name) implements Slot {}

    record Entry(List<Object> parent, int index) implements Slot {}

    default @Nullable Object get() {
      return switch (this) {
        case Field field -> field.parent().get(field.name());
        case Entry entry -> entry.parent().get(entry.index());
      };
    }

    default void set(@Nullable Object value) {
      switch (this) {
        case Field field -> field.parent().put(field.name(), value);
        case Entry entry -> entry.parent().set(entry.index(), value);
      }
    }

    default void drop() {
      switch (this) {
        case Field field -> field.parent().remove(field.name());
        case Entry entry -> entry.parent().remove(entry.index());
      }
    }
  }

  private Object mutate(Object document) {
    List<Slot> slots = new ArrayList<>();
    collect(document, slots);
    if (slots.isEmpty()) {
      return document;
    }
    Slot slot = one(slots);
    switch (random.nextInt(11)) {
      case 0 -> slot.drop();
      case 1 -> rename(slot, slot instanceof Slot.Field field ? misspelt(field.name()) : "");
      case 2 -> rename(slot, one(NAMES));
      case 3, 4 -> slot.set(copy(one(ODD)));
      case 5 -> slot.set(null);
      case 6 -> slot.set(random.nextBoolean() ? listOf(slot.get()) : mapOf(slot.get()));
      case 7 -> slot.set(copy(one(slots).get()));
      case 8 -> repeat(slot);
      case 9 -> slot.set(slot.get() instanceof String text ? misspelt(text) : "text");
      default -> slot.set(deep(random.nextInt(TOO_DEEP)));
    }
    return document;
  }

  private static void collect(@Nullable Object value, List<Slot> slots) {
    if (value instanceof Map<?, ?>) {
      @SuppressWarnings("unchecked")
      Map<Object, Object> map = (Map<Object, Object>) value;
      map.keySet().forEach(name -> slots.add(new Slot.Field(map, name)));
      List.copyOf(map.keySet()).forEach(name -> collect(map.get(name), slots));
    } else if (value instanceof List<?>) {
      @SuppressWarnings("unchecked")
      List<Object> list = (List<Object>) value;
      for (int i = 0; i < list.size(); i++) {
        slots.add(new Slot.Entry(list, i));
        collect(list.get(i), slots);
      }
    }
  }

  private static void rename(Slot slot, Object name) {
    if (slot instanceof Slot.Field field) {
      Object value = field.get();
      field.drop();
      field.parent().put(name, value);
    }
  }

  /** So many more of the same: a few, or more than are allowed anywhere. */
  private void repeat(Slot slot) {
    if (slot instanceof Slot.Entry entry) {
      int more = random.nextBoolean() ? 2 : 250;
      for (int i = 0; i < more; i++) {
        entry.parent().add(copy(entry.get()));
      }
    }
  }

  private String misspelt(Object name) {
    String text = name.toString();
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    return switch (random.nextInt(4)) {
      case 0 -> text.isEmpty() ? "x" : text.substring(0, at) + text.substring(at + 1);
      case 1 -> text.substring(0, at) + "x" + text.substring(at);
      case 2 -> text.toUpperCase(Locale.ROOT);
      default -> text + text;
    };
  }

  private static Object deep(int levels) {
    Object value = "deep";
    for (int i = 0; i < levels; i++) {
      value = i % 2 == 0 ? listOf(value) : mapOf(value);
    }
    return value;
  }

  private static List<Object> listOf(@Nullable Object value) {
    List<Object> list = new ArrayList<>();
    list.add(value);
    return list;
  }

  private static Map<Object, Object> mapOf(@Nullable Object value) {
    Map<Object, Object> map = new HashMap<>();
    map.put("not", value);
    return map;
  }

  private static @Nullable Object copy(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        // In an order of its own: Map.of has another one in each JVM.
        Map<Object, Object> copy = new TreeMap<>();
        map.forEach((name, item) -> copy.put(name, copy(item)));
        yield copy;
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(copy(item)));
        yield copy;
      }
      case null -> null;
      default -> value;
    };
  }

  private <T> T one(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }
}
