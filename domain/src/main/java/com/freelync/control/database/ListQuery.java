package com.freelync.control.database;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The query of a list, of only the filters that are given: a filter that might be null keeps
 * PostgreSQL from choosing an index for those that are there.
 */
public final class ListQuery {
  private final String select;
  private final String time;
  private final String id;
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * A list of everything, newest first.
   *
   * @param select the query up to its {@code WHERE}
   * @param time the column of the time by which it is ordered
   * @param id the column that orders rows of the same time
   */
  public ListQuery(String select, String time, String id) {
    this.select = select;
    this.time = time;
    this.id = id;
  }

  /**
   * Adds a condition if its value is given.
   *
   * @param condition SQL that names the value as {@code :name}
   */
  public ListQuery where(String condition, String name, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.put(name, value);
    }
    return this;
  }

  /** Adds a condition that has no value, if it is asked for. */
  public ListQuery where(String condition, boolean isAsked) {
    if (isAsked) {
      conditions.add(condition);
    }
    return this;
  }

  /** The rows after the cursor. */
  public <T> List<T> page(Handle handle, Cursor after, int limit, Class<T> row) {
    return handle
        .createQuery(sql())
        .bindMap(values)
        .bind("afterTime", after.at())
        .bind("afterId", after.id())
        .bind("limit", limit)
        .mapTo(row)
        .list();
  }

  private String sql() {
    List<String> all = new ArrayList<>(conditions);
    all.add("(" + time + ", " + id + ") < (:afterTime, :afterId)");
    return """
    %s WHERE %s
    ORDER BY %s DESC, %s DESC LIMIT :limit
    """
        .formatted(select, String.join(" AND ", all), time, id);
  }
}
