package com.freelync.control.configuration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What holds, read from the database with its position among the changes. */
final class LiveRows {
  private static final String SELECT =
      """
      SELECT e.id AS position, v.key, v.version, v.id AS version_id, v.value::text AS value_json,
             v.activated_at
        FROM control.config_event e JOIN control.platform_config v ON v.id = e.version_id
      """;

  private LiveRows() {}

  /** The position of the last change. */
  static long last(Handle handle) {
    return handle
        .select("SELECT coalesce(max(id), 0) FROM control.config_event")
        .mapTo(Long.class)
        .one();
  }

  /** What holds of one setting. */
  static Optional<LiveSetting> one(Handle handle, String key) {
    return handle
        .createQuery(
            SELECT + " WHERE v.key = :key AND v.status = 'ACTIVE' ORDER BY e.id DESC LIMIT 1")
        .bind("key", key)
        .map(LiveRows::read)
        .findOne();
  }

  /** What holds of every setting that is no rule. */
  static List<LiveSetting> all(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT ON (v.key) e.id AS position, v.key, v.version, v.id AS version_id,
                   v.value::text AS value_json, v.activated_at
              FROM control.platform_config v JOIN control.config_event e ON e.version_id = v.id
             WHERE v.status = 'ACTIVE' AND v.key NOT LIKE 'rules.%'
             ORDER BY v.key, e.id DESC
            """)
        .map(LiveRows::read)
        .list();
  }

  /**
   * What held of one setting at an instant, as {@link ConfigurationDao#at} finds it; few columns.
   */
  static Optional<LiveSetting> at(Handle handle, String key, Instant at) {
    return handle
        .createQuery(
            """
            SELECT 0 AS position, v.key, v.version, v.id AS version_id, v.value::text AS value_json,
                   v.activated_at
              FROM (SELECT * FROM control.platform_config p
                     WHERE p.key = :key AND p.activated_at <= :at
                     ORDER BY p.activated_at DESC LIMIT 1) v
             WHERE v.ended_at IS NULL OR v.ended_at > :at
            """)
        .bind("key", key)
        .bind("at", at)
        .map(LiveRows::read)
        .findOne();
  }

  /** The changes after one position up to another, in order. */
  static List<LiveSetting> events(Handle handle, long after, long upTo) {
    return handle
        .createQuery(
            SELECT
                + " WHERE e.id > :after AND e.id <= :upTo AND v.key NOT LIKE 'rules.%' ORDER BY e.id")
        .bind("after", after)
        .bind("upTo", upTo)
        .map(LiveRows::read)
        .list();
  }

  private static LiveSetting read(ResultSet row, StatementContext context) throws SQLException {
    String key = row.getString("key");
    return LiveSetting.of(
        row.getLong("position"),
        key,
        row.getInt("version"),
        row.getObject("version_id", UUID.class),
        Shown.of(key, row.getString("value_json")),
        row.getTimestamp("activated_at").toInstant());
  }
}
