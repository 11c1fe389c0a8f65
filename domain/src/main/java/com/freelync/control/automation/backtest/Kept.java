package com.freelync.control.automation.backtest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept as JSON, read again. */
final class Kept {
  private Kept() {}

  /** The object at a place; empty where nothing was kept. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  /** The objects of the list at a place; empty where nothing was kept. */
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> list(@Nullable Object value) {
    return value == null ? List.of() : (List<Map<String, Object>>) value;
  }
}
