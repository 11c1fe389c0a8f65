package com.freelync.control.audit.chain;

import com.freelync.control.database.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, read strictly: what is missing or of another kind is an {@link
 * IllegalArgumentException} or a {@link java.time.DateTimeException}.
 */
record JsonFields(Map<String, Object> values) {
  static JsonFields of(byte[] json) {
    Map<String, Object> values = Json.readObject(new String(json, StandardCharsets.UTF_8));
    if (values == null) { // the JSON text null
      throw new IllegalArgumentException("no JSON object");
    }
    return new JsonFields(values);
  }

  long number(String name) {
    Object value = values.get(name);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new IllegalArgumentException(name + " is no whole number");
  }

  SealHash hash(String name) {
    return SealHash.parse(String.valueOf(values.get(name)))
        .orElseThrow(() -> new IllegalArgumentException(name + " is no hash"));
  }

  Instant time(String name) {
    return Instant.parse(String.valueOf(values.get(name)));
  }

  @Nullable Instant optionalTime(String name) {
    return values.get(name) == null ? null : time(name);
  }
}
