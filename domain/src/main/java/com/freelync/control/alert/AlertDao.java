package com.freelync.control.alert;

import com.freelync.control.database.ListQuery;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface AlertDao {
  String SELECT =
      """
      SELECT a.id, a.rule, a.subject, a.severity, a.state, a.title, a.detail::text AS detail_json,
             a.first_at, a.last_at, a.occurrences, a.acknowledged_by, a.acknowledged_at,
             a.silenced_by, a.silenced_until, a.resolved_by, a.resolved_at, a.reason, a.revision
        FROM control.alert a
      """;

  /**
   * Raises an alert, or counts one more occurrence on the unresolved one; a silence that is over
   * ends with it. The partial unique index lets one of several at once raise it. A silence outlasts
   * what the system found to be over: what comes and goes would break it with each return. Of the
   * last alert it may see the state before a clearing that commits meanwhile, hence the first case.
   */
  @SqlQuery(
      """
      INSERT INTO control.alert AS a
             (id, rule, subject, severity, state, title, detail, first_at, last_at, silenced_by,
              silenced_until)
      SELECT :id, :rule, :subject, :severity,
             CASE WHEN silence.silenced_until IS NULL THEN 'FIRING' ELSE 'SILENCED' END,
             :title, CAST(:detail AS jsonb), :at, :at, silence.silenced_by, silence.silenced_until
        FROM (VALUES (1)) AS one
        LEFT JOIN (SELECT * FROM control.alert
                    WHERE rule = :rule AND subject = :subject
                    ORDER BY first_at DESC, id DESC LIMIT 1) AS silence
          ON silence.silenced_until > :at
         AND (silence.resolved_by IS NULL OR silence.resolved_by = :system)
      ON CONFLICT (rule, subject) WHERE state <> 'RESOLVED' DO UPDATE
         SET state = CASE WHEN a.state = 'SILENCED' AND a.silenced_until <= :at
                          THEN 'FIRING' ELSE a.state END,
             silenced_by = CASE WHEN a.silenced_until <= :at THEN NULL ELSE a.silenced_by END,
             silenced_until = CASE WHEN a.silenced_until <= :at THEN NULL ELSE a.silenced_until END,
             severity = EXCLUDED.severity, title = EXCLUDED.title, detail = EXCLUDED.detail,
             last_at = greatest(a.last_at, EXCLUDED.last_at), occurrences = a.occurrences + 1,
             revision = a.revision + 1
      RETURNING new.id, new.occurrences,
                new.state = 'FIRING' AND old.state IS DISTINCT FROM 'FIRING' AS fires
      """)
  Occurrence occur(
      @Bind("id") UUID id,
      @Bind("rule") String rule,
      @Bind("subject") String subject,
      @Bind("severity") String severity,
      @Bind("title") String title,
      @Bind("detail") String detail,
      @Bind("system") String system,
      @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE control.alert
         SET state = 'RESOLVED', resolved_by = :by, resolved_at = :at, reason = :reason,
             revision = revision + 1
       WHERE rule = :rule AND subject = :subject AND state <> 'RESOLVED'
      """)
  int clear(
      @Bind("rule") String rule,
      @Bind("subject") String subject,
      @Bind("by") String by,
      @Bind("at") Instant at,
      @Bind("reason") String reason);

  @SqlQuery(SELECT + " WHERE a.id = :id")
  Optional<Alert> find(@Bind("id") UUID id);

  /** The alert as it is once its row is locked. */
  @SqlQuery(SELECT + " WHERE a.id = :id FOR UPDATE")
  Optional<Alert> lock(@Bind("id") UUID id);

  @SqlUpdate(
      """
      UPDATE control.alert
         SET state = 'ACKNOWLEDGED', acknowledged_by = :by, acknowledged_at = :at, reason = :reason,
             silenced_by = NULL, silenced_until = NULL, revision = revision + 1
       WHERE id = :id
      """)
  void acknowledge(
      @Bind("id") UUID id,
      @Bind("by") String by,
      @Bind("at") Instant at,
      @Bind("reason") @Nullable String reason);

  @SqlUpdate(
      """
      UPDATE control.alert
         SET state = 'SILENCED', silenced_by = :by, silenced_until = :until, reason = :reason,
             revision = revision + 1
       WHERE id = :id
      """)
  void silence(
      @Bind("id") UUID id,
      @Bind("by") String by,
      @Bind("until") Instant until,
      @Bind("reason") String reason);

  @SqlUpdate(
      """
      UPDATE control.alert
         SET state = 'RESOLVED', resolved_by = :by, resolved_at = :at, reason = :reason,
             revision = revision + 1
       WHERE id = :id
      """)
  void resolve(
      @Bind("id") UUID id,
      @Bind("by") String by,
      @Bind("at") Instant at,
      @Bind("reason") String reason);

  /** The list of those of a state, a rule and a severity, as far as they are given. */
  static ListQuery list(AlertFilter filter) {
    return new ListQuery(SELECT, "a.first_at", "a.id")
        .where("a.state = :state", "state", filter.state())
        .where("a.rule = :rule", "rule", filter.rule())
        .where("a.severity = :severity", "severity", filter.severity());
  }

  @SqlQuery("SELECT count(*) FROM control.alert WHERE state <> 'RESOLVED' AND severity = :severity")
  long unresolved(@Bind("severity") String severity);

  /**
   * What became of an occurrence.
   *
   * @param fires whether it fires now and did not before
   */
  record Occurrence(UUID id, long occurrences, boolean fires) {}
}
