package com.freelync.control.configuration.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as the validator takes it: equal numbers are equal nodes, and 5.0 is an integer. */
final class SchemaNodes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  private SchemaNodes() {}

  static JsonNode of(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case Map<?, ?> map -> {
        ObjectNode node = NODES.objectNode();
        map.forEach((name, field) -> node.set(String.valueOf(name), of(field)));
        yield node;
      }
      case List<?> list -> {
        ArrayNode node = NODES.arrayNode(list.size());
        list.forEach(item -> node.add(of(item)));
        yield node;
      }
      case Number number -> number((BigDecimal) ValueForm.canonical(number));
      case Boolean truth -> NODES.booleanNode(truth);
      default -> NODES.textNode(value.toString());
    };
  }

  private static JsonNode number(BigDecimal number) {
    if (number.scale() > 0) {
      return NODES.numberNode(number);
    }
    return number.precision() <= 18
        ? NODES.numberNode(number.longValueExact())
        : NODES.numberNode(number.toBigIntegerExact());
  }

  /** How many values it consists of. */
  static int count(JsonNode node) {
    int count = 1;
    for (JsonNode part : node) {
      count += count(part);
    }
    return count;
  }
}
