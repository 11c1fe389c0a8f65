package com.freelync.control.notification;

import com.freelync.control.notification.InboxMessage.MailStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface InboxDao {
  String MESSAGE =
      "SELECT id, kind, subject, text, link, mail, created_at, read_at FROM control.inbox_message";

  /**
   * One row for each person who was not told by this key before, in the order of their subjects so
   * that two tellings at once cannot wait for each other in a circle.
   */
  @SqlQuery(
      """
      INSERT INTO control.inbox_message
             (id, person, key, kind, subject, text, link, mail, request_id, created_at)
      SELECT told.id, told.person, :key, :kind, :subject, :text, :link, told.mail, :requestId, :at
        FROM unnest(CAST(:ids AS uuid[]), CAST(:people AS text[]), CAST(:mails AS text[]))
             AS told(id, person, mail)
       ORDER BY told.person
          ON CONFLICT (key, person) DO NOTHING
      RETURNING id, mail
      """)
  List<TellRow> tell(
      @Bind("ids") UUID[] ids,
      @Bind("people") String[] people,
      @Bind("mails") String[] mails,
      @Bind("key") String key,
      @Bind("kind") String kind,
      @Bind("subject") String subject,
      @Bind("text") String text,
      @Bind("link") String link,
      @Bind("requestId") @Nullable String requestId,
      @Bind("at") Instant at);

  @SqlQuery(
      MESSAGE
          + """
             WHERE person = :person
               AND (CAST(:unread AS boolean) IS NULL OR :unread = (read_at IS NULL))
               AND (created_at, id) < (:at, :id)
             ORDER BY created_at DESC, id DESC LIMIT :limit
            """)
  List<InboxMessage> list(
      @Bind("person") String person,
      @Bind("unread") @Nullable Boolean unread,
      @Bind("at") Instant at,
      @Bind("id") UUID id,
      @Bind("limit") int limit);

  @SqlUpdate(
      """
      UPDATE control.inbox_message SET read_at = :at
       WHERE id = :id AND person = :person AND read_at IS NULL
      """)
  int markRead(@Bind("id") UUID id, @Bind("person") String person, @Bind("at") Instant at);

  @SqlQuery(MESSAGE + " WHERE id = :id AND person = :person")
  Optional<InboxMessage> find(@Bind("id") UUID id, @Bind("person") String person);

  @SqlQuery("SELECT person, subject, text, link, mail FROM control.inbox_message WHERE id = :id")
  Optional<MailRow> mail(@Bind("id") UUID id);

  @SqlUpdate(
      """
      UPDATE control.inbox_message SET mail = 'SENT', mailed_at = :at
       WHERE id = :id AND mail <> 'SENT'
      """)
  int sent(@Bind("id") UUID id, @Bind("at") Instant at);

  /** Settles a mail that was not sent. */
  @SqlUpdate("UPDATE control.inbox_message SET mail = :mail WHERE id = :id AND mail = 'OWED'")
  int unsent(@Bind("id") UUID id, @Bind("mail") MailStatus mail);

  /** A person who is told anew. */
  record TellRow(UUID id, MailStatus mail) {}

  /** What a mail needs. */
  record MailRow(String person, String subject, String text, String link, MailStatus mail) {}
}
