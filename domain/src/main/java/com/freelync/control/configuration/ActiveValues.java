package com.freelync.control.configuration;

import com.freelync.control.condition.Values;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Settings as they hold in a transaction, for capabilities that obey them. */
public final class ActiveValues {
  private ActiveValues() {}

  /** The numbers that settings hold, by key; one that holds none is left out. */
  public static Map<String, BigDecimal> numbers(Handle handle, List<String> keys) {
    Map<String, BigDecimal> numbers = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT key, value::text AS value_json FROM control.platform_config
             WHERE key = ANY (:keys) AND status = 'ACTIVE'
            """)
        .bind("keys", keys.toArray(String[]::new))
        .map((row, context) -> Map.entry(row.getString("key"), row.getString("value_json")))
        .forEach(
            row -> {
              if (Values.normalize(Shown.bare(row.getValue())) instanceof BigDecimal number) {
                numbers.put(row.getKey(), number);
              }
            });
    return numbers;
  }
}
