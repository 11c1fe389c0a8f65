package com.freelync.control.outbox;

import com.freelync.control.database.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterRowMapper(OutboxDao.MessageMapper.class)
interface OutboxDao {
  /** Inserts one row for each key, and returns their ids in the keys' order. */
  @SqlQuery(
      """
      INSERT INTO control.outbox (topic, key, payload, request_id, next_attempt_at)
      SELECT :topic, key, CAST(payload AS jsonb), :requestId,
             clock_timestamp() + make_interval(secs => :leaseSeconds)
        FROM unnest(CAST(:keys AS text[]), CAST(:payloads AS text[])) WITH ORDINALITY
             AS message(key, payload, place)
       ORDER BY place
      RETURNING id
      """)
  List<Long> insertAll(
      @Bind("topic") String topic,
      @Bind("keys") String[] keys,
      @Bind("payloads") String[] payloads,
      @Bind("requestId") @Nullable String requestId,
      @Bind("leaseSeconds") double leaseSeconds);

  @SqlQuery(
      """
      WITH due AS (
        SELECT id FROM control.outbox
         WHERE next_attempt_at <= clock_timestamp()
         ORDER BY next_attempt_at, id
         LIMIT :limit
           FOR UPDATE SKIP LOCKED)
      UPDATE control.outbox o
         SET next_attempt_at = clock_timestamp() + make_interval(secs => :leaseSeconds)
        FROM due
       WHERE o.id = due.id
      RETURNING o.id, o.topic, o.key, o.payload::text AS payload, o.request_id, o.attempts
      """)
  List<OutboxMessage> claim(@Bind("limit") int limit, @Bind("leaseSeconds") double leaseSeconds);

  @SqlUpdate("DELETE FROM control.outbox WHERE id = ANY(:ids)")
  void delete(@Bind("ids") Long[] ids);

  @SqlUpdate(
      """
      UPDATE control.outbox
         SET attempts = attempts + 1, last_error = :error,
             next_attempt_at = clock_timestamp() + make_interval(secs => :delaySeconds)
       WHERE id = :id
      """)
  void postpone(
      @Bind("id") long id, @Bind("error") String error, @Bind("delaySeconds") double delaySeconds);

  @SqlQuery("SELECT count(*) FROM control.outbox")
  long waiting();

  @SqlQuery(
      """
      SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8
        FROM control.outbox
      """)
  double oldestSeconds();

  /** Reads a message. */
  final class MessageMapper implements RowMapper<OutboxMessage> {
    @Override
    public OutboxMessage map(ResultSet row, StatementContext context) throws SQLException {
      return new OutboxMessage(
          row.getLong("id"),
          row.getString("topic"),
          row.getString("key"),
          Json.readObject(row.getString("payload")),
          row.getString("request_id"),
          row.getInt("attempts"));
    }
  }
}
