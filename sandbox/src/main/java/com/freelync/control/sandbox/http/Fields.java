package com.freelync.control.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, read one by one. What is wrong is gathered; {@link #check} then
 * refuses with all of it at once, unknown members included. Until then a wrong or missing member
 * reads as its fallback.
 */
public final class Fields {
  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final JsonNode object;
  private final Set<String> read = new HashSet<>();
  private final List<Problem.FieldError> errors = new ArrayList<>();

  private Fields(JsonNode object) {
    this.object = object;
  }

  static Fields of(JsonNode node) {
    if (!node.isObject()) {
      throw Problem.of(400, "malformed", "The body has to be a JSON object");
    }
    return new Fields(node);
  }

  /** A text of 1 to {@code longest} characters without control characters. */
  public String text(String name, int longest, @Nullable String fallback) {
    JsonNode node = member(name, JsonNodeType.STRING, "a text", fallback != null);
    if (node == null) {
      return fallback == null ? "" : fallback;
    }
    String text = node.textValue();
    if (text.isBlank()
        || text.length() > longest
        || text.chars().anyMatch(Character::isISOControl)) {
      refuse(name, "length", "has to be 1 to " + longest + " printable characters");
    }
    return text;
  }

  /** One of the given words. */
  public String word(String name, List<String> allowed) {
    String word = text(name, 100, null);
    if (!word.isEmpty() && !allowed.contains(word)) {
      refuse(name, "value", "has to be one of " + String.join(", ", allowed));
    }
    return word;
  }

  /** A UUID. */
  public UUID id(String name) {
    String text = text(name, 100, null);
    Optional<UUID> id = uuid(text);
    if (id.isEmpty() && !text.isEmpty()) {
      refuse(name, "uuid", "has to be a UUID");
    }
    return id.orElseGet(() -> new UUID(0, 0));
  }

  /** True or false. */
  public boolean flag(String name, @Nullable Boolean fallback) {
    JsonNode node = member(name, JsonNodeType.BOOLEAN, "true or false", fallback != null);
    return node == null ? Boolean.TRUE.equals(fallback) : node.booleanValue();
  }

  /** A number from {@code least} to {@code most} with at most {@code decimals} decimals. */
  public BigDecimal number(
      String name, String least, String most, int decimals, @Nullable String fallback) {
    JsonNode node = member(name, JsonNodeType.NUMBER, "a number", fallback != null);
    BigDecimal otherwise = new BigDecimal(fallback == null ? least : fallback);
    if (node == null) {
      return otherwise;
    }
    BigDecimal number = node.decimalValue();
    // Compared before it is scaled: 1e999999999 must not be written out in digits.
    if (number.compareTo(new BigDecimal(least)) < 0 || number.compareTo(new BigDecimal(most)) > 0) {
      refuse(name, "range", "has to be from " + least + " to " + most);
      return otherwise;
    }
    if (number.signum() != 0 && number.stripTrailingZeros().scale() > decimals) {
      refuse(name, "decimals", "may have at most " + decimals + " decimals");
      return otherwise;
    }
    return number.signum() == 0 ? BigDecimal.ZERO : number;
  }

  /**
   * Ends the reading.
   *
   * @throws Problem 422 with everything that was wrong
   */
  public void check() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!read.contains(name)) {
                refuse(
                    name, "unknown", "is not known; there are " + read.stream().sorted().toList());
              }
            });
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  static Optional<UUID> uuid(String text) {
    return UUID_SHAPE.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  private @Nullable JsonNode member(String name, JsonNodeType type, String what, boolean optional) {
    read.add(name);
    JsonNode node = object.get(name);
    if (node == null || node.isNull()) {
      if (!optional) {
        refuse(name, "required", "is required (" + what + ")");
      }
      return null;
    }
    if (node.getNodeType() != type) {
      refuse(name, "type", "has to be " + what);
      return null;
    }
    return node;
  }

  private void refuse(String name, String code, String message) {
    String pointer = "/" + name.replace("~", "~0").replace("/", "~1");
    errors.add(new Problem.FieldError(pointer, code, name + " " + message));
  }
}
