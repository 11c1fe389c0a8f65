package com.freelync.control.configuration;

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
    // Values are kept bare.
    handle
        .createQuery(
            """
            SELECT key, CAST(value #>> '{}' AS numeric) AS number FROM control.platform_config
             WHERE key = ANY (:keys) AND status = 'ACTIVE' AND jsonb_typeof(value) = 'number'
            """)
        .bind("keys", keys.toArray(String[]::new))
        .map((row, context) -> Map.entry(row.getString("key"), row.getBigDecimal("number")))
        .forEach(row -> numbers.put(row.getKey(), row.getValue()));
    return numbers;
  }
}
