package com.freelync.control.notification;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface OutgoingMessageDao {
  @SqlUpdate(
      """
      INSERT INTO control.outgoing_message
             (id, channel, url, subject, text, link, secret, actor, request_id, status, created_at)
      VALUES (:m.id, :m.channel, :m.url, :m.subject, :m.text, :m.link, :m.secret, :m.actor,
              :m.requestId, :m.status, :m.createdAt)
          ON CONFLICT (id) DO NOTHING
      """)
  int insert(@BindMethods("m") OutgoingMessage message);

  @SqlQuery(
      """
      SELECT id, channel, url, subject, text, link, secret, actor, request_id, status, problem,
             created_at
        FROM control.outgoing_message WHERE id = :id
      """)
  Optional<OutgoingMessage> find(@Bind("id") UUID id);

  /** What is settled stays so. */
  @SqlUpdate(
      """
      UPDATE control.outgoing_message SET status = :status, problem = :problem, ended_at = :at
       WHERE id = :id AND status = 'OWED'
      """)
  int end(
      @Bind("id") UUID id,
      @Bind("status") String status,
      @Bind("problem") @Nullable String problem,
      @Bind("at") Instant at);
}
