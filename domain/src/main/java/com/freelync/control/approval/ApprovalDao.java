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
  /** A request with its words and timers, read at once. */
  String COLUMNS =
      """
      id, subject_type, subject_id, subject_key, name, title, link, slots::text AS slots_json,
      authors, content_hash, status, requested_at, due_at, timeout, decided_at, comment, request_id,
      waits_in,
      (SELECT coalesce(json_agg(json_build_object('by', d.person, 'on_behalf_of', d.on_behalf_of,
                                  'roles', d.roles, 'decision', d.decision, 'comment', d.comment,
                                  'at', d.at) ORDER BY d.at, d.person), '[]')::text
         FROM control.approval_decision d WHERE d.request_id = approval_request.id) AS words_json,
      (SELECT coalesce(json_agg(json_build_object('at', t.at, 'kind', t.kind, 'roles', t.roles,
                                  'fired_at', t.fired_at) ORDER BY t.at, t.kind), '[]')::text
         FROM control.approval_timer t WHERE t.request_id = approval_request.id) AS timers_json,
      (SELECT coalesce(json_agg(json_build_object('from', h.from_subject, 'to', h.to_subject,
                                  'reason', h.reason, 'at', h.at) ORDER BY h.at, h.from_subject), '[]')::text
         FROM control.approval_delegation h WHERE h.request_id = approval_request.id)
        AS delegations_json
      """;

  String SELECT = "SELECT " + COLUMNS + " FROM control.approval_request\n";

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
      SELECT
          + """
            WHERE subject_type = :type AND subject_id = :subject
            ORDER BY (status = 'WAITING') DESC, requested_at DESC, id DESC LIMIT 1
            """)
  Optional<RequestRow> newest(@Bind("type") String type, @Bind("subject") String subject);

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

  /** The page of requests that may wait for a person with these roles, or handed to them. */
  @SqlQuery(
      SELECT
          + """
            WHERE status = 'WAITING'
              AND (open_roles && CAST(:roles AS text[])
                   OR id IN (SELECT h.request_id FROM control.approval_delegation h
                              WHERE h.to_subject = :subject))
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

  /** Hands a request to somebody, instead of whom the person named before. */
  @SqlUpdate(
      """
      INSERT INTO control.approval_delegation (request_id, from_subject, to_subject, reason, at)
      VALUES (:id, :from, :to, :reason, :at)
      ON CONFLICT (request_id, from_subject) DO UPDATE
         SET to_subject = excluded.to_subject, reason = excluded.reason, at = excluded.at
      """)
  void delegate(
      @Bind("id") UUID id,
      @Bind("from") String from,
      @Bind("to") String to,
      @Bind("reason") String reason,
      @Bind("at") Instant at);

  @SqlUpdate(
      "DELETE FROM control.approval_delegation WHERE request_id = :id AND from_subject = :from")
  int takeBack(@Bind("id") UUID id, @Bind("from") String from);

  /** Who handed the person requests that wait, and of which kind. */
  @SqlQuery(
      """
      SELECT DISTINCT h.from_subject, r.subject_type FROM control.approval_delegation h
        JOIN control.approval_request r ON r.id = h.request_id AND r.status = 'WAITING'
       WHERE h.to_subject = :to
      """)
  List<DelegatedRow> delegatedTo(@Bind("to") String to);

  /** Ends a request that waits; empty if it is decided already. */
  @SqlQuery(
      """
      UPDATE control.approval_request
         SET status = :status, decided_at = :at, comment = :comment, open_roles = '{}'
       WHERE id = :id AND status = 'WAITING'
      RETURNING
      """
          + COLUMNS)
  Optional<RequestRow> settle(
      @Bind("id") UUID id,
      @Bind("status") String status,
      @Bind("at") Instant at,
      @Bind("comment") @Nullable String comment);

  /** Asks for these slots, of which these roles may fill one; the request as it is then. */
  @SqlQuery(
      """
      UPDATE control.approval_request SET slots = CAST(:slots AS jsonb), open_roles = :openRoles
       WHERE id = :id
      RETURNING
      """
          + COLUMNS)
  RequestRow ask(
      @Bind("id") UUID id, @Bind("slots") String slots, @Bind("openRoles") String[] openRoles);

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

  /** Who handed a request of some kind over. */
  record DelegatedRow(String fromSubject, String subjectType) {}

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
      @Nullable String waitsIn,
      String wordsJson,
      String timersJson,
      String delegationsJson) {}
}
