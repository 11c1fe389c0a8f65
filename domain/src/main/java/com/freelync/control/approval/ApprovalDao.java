package com.freelync.control.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface ApprovalDao {
  String SELECT =
      """
      SELECT id, subject_type, subject_id, subject_key, name, title, link, slots::text AS slots_json,
             authors, content_hash, status, requested_at, due_at, timeout, decided_at, comment,
             request_id, waits_in
        FROM control.approval_request
      """;

  @SqlUpdate(
      """
      INSERT INTO control.approval_request
             (id, subject_type, subject_id, subject_key, name, title, link, slots, open_roles,
              authors, content_hash, status, requested_at, due_at, timeout, request_id, waits_in)
      VALUES (:id, :r.subjectType, :r.subjectId, :r.subjectKey, :r.name, :r.title, :r.link,
              CAST(:slots AS jsonb), :openRoles, :authors, :r.contentHash, 'WAITING', :at,
              CAST(:dueAt AS timestamptz), :timeout, :r.requestId, :r.waitsIn)
      ON CONFLICT (subject_type, subject_id, subject_key) DO NOTHING
      """)
  int insert(
      @Bind("id") UUID id,
      @BindMethods("r") NewApproval asked,
      @Bind("slots") String slots,
      @Bind("openRoles") String[] openRoles,
      @Bind("authors") String[] authors,
      @Bind("at") Instant at,
      @Bind("dueAt") @Nullable Instant dueAt,
      @Bind("timeout") @Nullable String timeout);

  @SqlUpdate(
      """
      INSERT INTO control.approval_timer (request_id, at, kind, roles)
      VALUES (:id, :at, :kind, :roles) ON CONFLICT DO NOTHING
      """)
  void insertTimer(
      @Bind("id") UUID id,
      @Bind("at") Instant at,
      @Bind("kind") String kind,
      @Bind("roles") String[] roles);

  @SqlQuery(SELECT + " WHERE id = :id")
  Optional<RequestRow> find(@Bind("id") UUID id);

  @SqlQuery(SELECT + " WHERE id = :id FOR UPDATE")
  Optional<RequestRow> lock(@Bind("id") UUID id);

  @SqlQuery(
      SELECT
          + """
            WHERE subject_type = :type AND subject_id = :subject AND subject_key = :key
            """)
  Optional<RequestRow> findByIdentity(
      @Bind("type") String type, @Bind("subject") String subject, @Bind("key") String key);

  @SqlQuery(
      SELECT
          + """
            WHERE subject_type = :type AND subject_id = :subject ORDER BY requested_at, id
            """)
  List<RequestRow> of(@Bind("type") String type, @Bind("subject") String subject);

  /** The one that waits; where none does, the last, as far as the servers' clocks agree. */
  @SqlQuery(
      """
      SELECT id FROM control.approval_request
       WHERE subject_type = :type AND subject_id = :subject
       ORDER BY (status = 'WAITING') DESC, requested_at DESC, id DESC LIMIT 1
      """)
  Optional<UUID> newest(@Bind("type") String type, @Bind("subject") String subject);

  /** The page of requests of a status. */
  @SqlQuery(
      SELECT
          + """
            WHERE (CAST(:status AS text) IS NULL OR status = :status)
              AND (requested_at, id) < (:at, :id)
            ORDER BY requested_at DESC, id DESC LIMIT :limit
            """)
  List<RequestRow> list(
      @Bind("status") @Nullable String status,
      @Bind("at") Instant at,
      @Bind("id") UUID id,
      @Bind("limit") int limit);

  /** The page of requests that may wait for a person with these roles. */
  @SqlQuery(
      SELECT
          + """
            WHERE status = 'WAITING' AND open_roles && CAST(:roles AS text[])
              AND NOT :subject = ANY (authors)
              AND NOT EXISTS (SELECT 1 FROM control.approval_decision d
                               WHERE d.request_id = approval_request.id
                                 AND (d.person = :subject OR d.on_behalf_of = :subject))
              AND (requested_at, id) < (:at, :id)
            ORDER BY requested_at DESC, id DESC LIMIT :limit
            """)
  List<RequestRow> waitingFor(
      @Bind("subject") String subject,
      @Bind("roles") String[] roles,
      @Bind("at") Instant at,
      @Bind("id") UUID id,
      @Bind("limit") int limit);

  @SqlQuery(
      """
      SELECT at, kind, roles, fired_at FROM control.approval_timer
       WHERE request_id = :id ORDER BY at, kind
      """)
  List<TimerRow> timers(@Bind("id") UUID id);

  @SqlQuery(
      """
      SELECT person AS by, on_behalf_of, roles, decision, comment, at FROM control.approval_decision
       WHERE request_id = :id ORDER BY at, person
      """)
  List<WordRow> words(@Bind("id") UUID id);

  @SqlUpdate(
      """
      INSERT INTO control.approval_decision
             (request_id, person, on_behalf_of, roles, decision, comment, at)
      VALUES (:id, :by, :onBehalfOf, :roles, :decision, :comment, :at)
      """)
  void insertWord(
      @Bind("id") UUID id,
      @Bind("by") String by,
      @Bind("onBehalfOf") @Nullable String onBehalfOf,
      @Bind("roles") String[] roles,
      @Bind("decision") String decision,
      @Bind("comment") @Nullable String comment,
      @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE control.approval_request
         SET status = :status, decided_at = :at, comment = :comment, open_roles = '{}'
       WHERE id = :id AND status = 'WAITING'
      """)
  int settle(
      @Bind("id") UUID id,
      @Bind("status") String status,
      @Bind("at") Instant at,
      @Bind("comment") @Nullable String comment);

  @SqlUpdate(
      """
      UPDATE control.approval_request SET slots = CAST(:slots AS jsonb), open_roles = :openRoles
       WHERE id = :id
      """)
  void ask(@Bind("id") UUID id, @Bind("slots") String slots, @Bind("openRoles") String[] openRoles);

  @SqlUpdate(
      """
      UPDATE control.approval_timer SET fired_at = :firedAt
       WHERE request_id = :id AND at = :at AND kind = :kind AND fired_at IS NULL
      """)
  int fire(
      @Bind("id") UUID id,
      @Bind("at") Instant at,
      @Bind("kind") String kind,
      @Bind("firedAt") Instant firedAt);

  /** A request as it is kept. */
  record RequestRow(
      UUID id,
      String subjectType,
      String subjectId,
      String subjectKey,
      String name,
      String title,
      String link,
      String slotsJson,
      String[] authors,
      String contentHash,
      String status,
      Instant requestedAt,
      @Nullable Instant dueAt,
      @Nullable String timeout,
      @Nullable Instant decidedAt,
      @Nullable String comment,
      @Nullable String requestId,
      @Nullable String waitsIn) {}

  /** A reminder or an escalation. */
  record TimerRow(Instant at, String kind, String[] roles, @Nullable Instant firedAt) {}

  /** A person's decision. */
  record WordRow(
      String by,
      @Nullable String onBehalfOf,
      String[] roles,
      String decision,
      @Nullable String comment,
      Instant at) {}
}
