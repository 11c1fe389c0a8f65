package com.freelync.control.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What holds of a setting.
 *
 * @param value the bare value: of {@code {"rate": 3.0}} the number
 */
public record SettingSnapshot(String key, int version, JsonNode value, Instant activatedAt) {
  /** The value as an exact number; empty where it is none. */
  public Optional<BigDecimal> number() {
    return value.isNumber() ? Optional.of(value.decimalValue()) : Optional.empty();
  }

  /** The value as a text; empty where it is none. */
  public Optional<String> text() {
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  /** The value as true or false; empty where it is neither. */
  public Optional<Boolean> truth() {
    return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
  }
}
