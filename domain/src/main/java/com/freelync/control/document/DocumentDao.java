package com.freelync.control.document;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

interface DocumentDao {
  /** Documents that hold and expire until a day, those that expire first coming first. */
  @SqlQuery(
      """
      SELECT id FROM marketplace.documents
       WHERE status = 'VALID' AND expires_on <= :until AND expires_on > :expiredUntil
       ORDER BY expires_on, id LIMIT :limit
      """)
  List<UUID> expiring(
      @Bind("until") LocalDate until,
      @Bind("limit") int limit,
      @BindMethods ForeseenDocuments foreseen);

  @SqlQuery("SELECT status FROM marketplace.documents WHERE id = :id")
  Optional<String> status(@Bind("id") UUID id);

  /** How many of those are due, and of how many of them the owner was told. */
  @SqlQuery(
      """
      SELECT CAST(count(*) AS integer) AS due,
             CAST(count(*) FILTER (WHERE n.document_id IS NOT NULL OR d.expires_on <= :toldUntil
                                      OR d.id = ANY (:told)) AS integer) AS told
        FROM marketplace.documents d
        LEFT JOIN control.document_notice n
               ON n.document_id = d.id AND n.expires_on = d.expires_on
       WHERE d.status = 'VALID' AND d.expires_on <= :until AND d.expires_on > :expiredUntil
         AND (CAST(:document AS uuid) IS NULL OR d.id = :document)
      """)
  Counted count(
      @Bind("until") LocalDate until,
      @Bind("document") @Nullable UUID document,
      @BindMethods ForeseenDocuments foreseen);

  /**
   * Tells the owners of some documents that are due and were not told of this expiry: one message
   * to the marketplace for each. Locks the documents in the order of their ids, as whoever marks
   * them as expired does.
   *
   * @return how many were told
   */
  @SqlQuery(
      """
      WITH due AS (
        SELECT d.id, d.owner_id, d.kind, d.expires_on FROM marketplace.documents d
         WHERE d.status = 'VALID' AND d.expires_on <= :until
           AND (CAST(:document AS uuid) IS NULL OR d.id = :document)
           AND NOT EXISTS (SELECT FROM control.document_notice n
                            WHERE n.document_id = d.id AND n.expires_on = d.expires_on)
         ORDER BY d.id LIMIT :limit
           FOR UPDATE OF d),
      told AS (
        INSERT INTO control.document_notice (document_id, expires_on, call_id, told_at)
        SELECT id, expires_on, :call, :at FROM due
            ON CONFLICT DO NOTHING
        RETURNING document_id),
      asked AS (
        INSERT INTO marketplace.messages (id, user_id, kind, document_id, data, asked_at)
        SELECT gen_random_uuid(), due.owner_id, 'document_expiring', due.id,
               jsonb_build_object('kind', due.kind, 'expires_on', due.expires_on), :at
          FROM due JOIN told ON told.document_id = due.id),
      marked AS (
        UPDATE marketplace.documents d SET notified_at = :at, updated_at = :at
          FROM told WHERE d.id = told.document_id)
      SELECT count(*) FROM told
      """)
  int tell(
      @Bind("until") LocalDate until,
      @Bind("document") @Nullable UUID document,
      @Bind("limit") int limit,
      @Bind("call") UUID call,
      @Bind("at") Instant at);

  /** How many owners a call told, in all its attempts. */
  @SqlQuery("SELECT count(*) FROM control.document_notice WHERE call_id = :call")
  int toldBy(@Bind("call") UUID call);

  /** How many documents hold in name only. */
  @SqlQuery(
      """
      SELECT count(*) FROM marketplace.documents
       WHERE status = 'VALID' AND expires_on <= :today AND expires_on > :expiredUntil
      """)
  int overdue(@Bind("today") LocalDate today, @BindMethods ForeseenDocuments foreseen);

  /** Marks documents whose time is over, and returns which. */
  @SqlQuery(
      """
      WITH over AS (
        SELECT id FROM marketplace.documents
         WHERE status = 'VALID' AND expires_on <= :today
         ORDER BY id LIMIT :limit FOR UPDATE)
      UPDATE marketplace.documents d SET status = 'EXPIRED', updated_at = :at
        FROM over WHERE d.id = over.id
      RETURNING d.id
      """)
  List<UUID> expire(
      @Bind("today") LocalDate today, @Bind("limit") int limit, @Bind("at") Instant at);

  /**
   * Numbers of documents.
   *
   * @param due those that hold and expire in time
   * @param told those of them of which the owner was told
   */
  record Counted(int due, int told) {}
}
