package com.freelync.control.automation;

import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Inputs of any action, as the catalog describes them: what a definition may say. */
final class RandomInputs {
  /** What only a definition, or only a setting of this control center, can say. */
  private static final Set<String> LEFT_OUT = Set.of("secret", "authorization", "headers");

  private final Random random;

  RandomInputs(Random random) {
    this.random = random;
  }

  /**
   * Some inputs.
   *
   * @param needsAll whether the trigger's data will have none of them
   */
  Map<String, Object> next(ActionSignature signature, Seen seen, boolean needsAll) {
    Map<String, Object> with = new LinkedHashMap<>();
    for (InputField input : signature.inputs()) {
      boolean isNeeded = input.required() && (needsAll || input.name().equals("url"));
      if (isNeeded || (!LEFT_OUT.contains(input.name()) && random.nextInt(3) == 0)) {
        with.put(input.name(), value(input, seen));
      }
    }
    return with;
  }

  private Object value(InputField input, Seen seen) {
    return switch (input.name()) {
      case "url" -> "https://example.com/hook";
      case "channel" -> random.nextBoolean() ? "in_app" : "email";
      case "to" -> List.of("cfo", List.of("CFO", "devops"), Map.of("role", "CFO")).get(third());
      case "payout_id" -> "${trigger.payout_id}";
      case "key" -> "commission.tier1.rate";
      default -> value(input.type(), input.choices(), seen);
    };
  }

  private int third() {
    return random.nextInt(3);
  }

  private Object value(FactType type, List<String> choices, Seen seen) {
    if (!choices.isEmpty()) {
      return choices.get(random.nextInt(choices.size()));
    }
    if (third() == 0) {
      return seen.one(random, type).map(Object.class::cast).orElseGet(() -> constant(type, seen));
    }
    return constant(type, seen);
  }

  private Object constant(FactType type, Seen seen) {
    return switch (type) {
      case NUMBER -> new BigDecimal(random.nextInt(10_000)).movePointLeft(random.nextInt(3));
      case TEXT -> text(seen);
      case BOOLEAN -> random.nextBoolean();
      case TIME -> "2030-01-01T08:00:00Z";
      case LIST -> List.of("a", random.nextInt(9), text(seen));
      case ANY -> Map.of("words", text(seen), "more", List.of(true, 1.5, Map.of("a", "b")));
    };
  }

  /** A text, perhaps with a reference in it. */
  String text(Seen seen) {
    String words = List.of("enough", "ሰላም, peace", "one\ntwo").get(third());
    return random.nextBoolean()
        ? seen.one(random, FactType.ANY).map(one -> words + " of " + one).orElse(words)
        : words;
  }
}
