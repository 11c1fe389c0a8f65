package com.freelync.control.event;

import com.freelync.control.automation.Vocabulary.FactType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A kind of thing in the source whose facts are the columns of one query.
 *
 * @param query selects {@code id} and a column for each fact, called as the fact is, of the rows
 *     whose id is in {@code :ids}
 */
record SourceEntity(
    String name,
    String idField,
    Map<String, FactType> facts,
    Map<String, List<String>> states,
    String query)
    implements EntityType {
  @Override
  public Map<String, String> eventTypes() {
    return Map.of();
  }

  @Override
  public Map<UUID, Map<String, Object>> read(Handle handle, Collection<UUID> ids) {
    Map<UUID, Map<String, Object>> read = new HashMap<>();
    handle
        .createQuery(query)
        .bind("ids", ids.toArray(UUID[]::new))
        .map((row, context) -> nested(row))
        .forEach(found -> read.put(UUID.fromString(String.valueOf(found.get("id"))), found));
    return read;
  }

  private Map<String, Object> nested(ResultSet row) throws SQLException {
    Map<String, Object> nested = new LinkedHashMap<>();
    for (Map.Entry<String, FactType> fact : facts.entrySet()) {
      Object value = value(row, fact.getKey(), fact.getValue());
      if (value != null) {
        put(nested, List.of(fact.getKey().split("\\.", -1)), value);
      }
    }
    return nested;
  }

  private static @Nullable Object value(ResultSet row, String column, FactType type)
      throws SQLException {
    return switch (type) {
      case NUMBER -> row.getBigDecimal(column);
      case BOOLEAN -> {
        boolean holds = row.getBoolean(column);
        yield row.wasNull() ? null : Boolean.valueOf(holds);
      }
      case TIME -> {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        yield time == null ? null : time.toInstant().toString();
      }
      case TEXT, ANY -> row.getString(column);
      case LIST -> throw new IllegalArgumentException("no fact is a list: " + column);
    };
  }

  private static void put(Map<String, Object> into, List<String> path, Object value) {
    if (path.size() == 1) {
      into.put(path.getFirst(), value);
      return;
    }
    Map<String, Object> deeper = new LinkedHashMap<>();
    if (into.get(path.getFirst()) instanceof Map<?, ?> already) {
      already.forEach((key, kept) -> deeper.put((String) key, kept));
    }
    into.put(path.getFirst(), deeper);
    put(deeper, path.subList(1, path.size()), value);
  }
}
