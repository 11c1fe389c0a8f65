package com.freelync.control.worker;

import com.freelync.control.database.Database;
import com.freelync.control.temporal.TemporalConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether a worker can work, part by part. */
final class Health {
  private final Database database;
  private final TemporalConnection temporal;
  private final Supplier<@Nullable String> notReady;

  Health(Database database, TemporalConnection temporal, Supplier<@Nullable String> notReady) {
    this.database = database;
    this.temporal = temporal;
    this.notReady = notReady;
  }

  /** Each component with {@code ok} or what is wrong with it. */
  Map<String, String> components() {
    Map<String, String> components = new LinkedHashMap<>();
    components.put("database", database());
    components.put("temporal", temporal.isHealthy() ? "ok" : "away");
    String reason = notReady.get();
    components.put("worker", reason == null ? "ok" : reason);
    return components;
  }

  private String database() {
    try {
      return database.read(handle -> handle.createQuery("SELECT 'ok'").mapTo(String.class).one());
    } catch (RuntimeException e) {
      return "away";
    }
  }
}
