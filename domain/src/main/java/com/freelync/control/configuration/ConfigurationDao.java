package com.freelync.control.configuration;

import com.freelync.control.database.ListQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface ConfigurationDao {
  String VERSION =
      """
      SELECT v.id, v.key, s.category, v.version, v.value::text AS value_json, v.secret_id, v.status,
             v.scheduled_at, v.change_reason, v.risk_level, v.impact::text AS impact_json,
             v.can_rollback, v.guard::text AS guard_json, v.slots::text AS slots_json, v.restores,
             v.content_hash, v.authors, v.attempt, v.submit_as, v.base_version, v.suspended, v.failure,
             v.created_by, v.created_at, v.updated_at, v.approved_at, v.activated_at, v.ended_at,
             v.guard_ends_at, v.guard_outcome, v.guard_finding, v.revision
        FROM control.platform_config v JOIN control.config_setting s ON s.key = v.key
      """;

  /** Makes a setting, unless there is one. */
  @SqlUpdate(
      """
      INSERT INTO control.config_setting (key, category, created_at) VALUES (:key, :category, :at)
      ON CONFLICT (key) DO NOTHING
      """)
  int insertSetting(
      @Bind("key") String key, @Bind("category") String category, @Bind("at") Instant at);

  @SqlQuery("SELECT key, category, latest_version FROM control.config_setting WHERE key = :key")
  Optional<SettingRow> setting(@Bind("key") String key);

  /** Locks a setting with all of its versions. */
  @SqlQuery(
      """
      SELECT key, category, latest_version FROM control.config_setting WHERE key = :key FOR UPDATE
      """)
  Optional<SettingRow> lock(@Bind("key") String key);

  @SqlQuery("SELECT key FROM control.platform_config WHERE id = :id")
  Optional<String> keyOf(@Bind("id") UUID id);

  /** The number of the next version; the setting is locked. */
  @SqlQuery(
      """
      UPDATE control.config_setting SET latest_version = latest_version + 1 WHERE key = :key
      RETURNING latest_version
      """)
  int nextVersion(@Bind("key") String key);

  @SqlQuery(VERSION + " WHERE v.id = :id")
  Optional<VersionRow> find(@Bind("id") UUID id);

  @SqlQuery(VERSION + " WHERE v.key = :key AND v.version = :version")
  Optional<VersionRow> version(@Bind("key") String key, @Bind("version") int version);

  @SqlQuery(VERSION + " WHERE v.key = :key AND v.status = 'ACTIVE'")
  Optional<VersionRow> active(@Bind("key") String key);

  /** What held at an instant. */
  @SqlQuery(
      VERSION
          + """
             WHERE v.id = (SELECT p.id FROM control.platform_config p
                            WHERE p.key = :key AND p.activated_at <= :at
                            ORDER BY p.activated_at DESC LIMIT 1)
               AND (v.ended_at IS NULL OR v.ended_at > :at)
            """)
  Optional<VersionRow> at(@Bind("key") String key, @Bind("at") Instant at);

  /** What held directly before a version became active. */
  @SqlQuery(VERSION + " WHERE v.key = :key AND v.ended_at = :activatedAt")
  Optional<VersionRow> before(@Bind("key") String key, @Bind("activatedAt") Instant activatedAt);

  /** The bare value that holds, as JSON; null for a secret. */
  @SqlQuery(
      "SELECT value::text FROM control.platform_config WHERE key = :key AND status = 'ACTIVE'")
  Optional<String> activeValue(@Bind("key") String key);

  @SqlQuery(
      VERSION
          + """
             WHERE v.key = :key AND v.status IN ('DRAFT', 'PENDING', 'APPROVED') ORDER BY v.version
            """)
  List<VersionRow> upcoming(@Bind("key") String key);

  /**
   * What should have gone on by now, the oldest of each kind: approved versions whose instant has
   * come and that nothing holds, guards whose time is over, and what is to be submitted. What rings
   * already is left out.
   */
  @SqlQuery(
      """
      SELECT id FROM (
        (SELECT id FROM control.platform_config
          WHERE status = 'APPROVED' AND scheduled_at <= :until AND suspended IS NULL
            AND NOT EXISTS (SELECT 1 FROM control.config_freeze_window f
                             WHERE f.cancelled_at IS NULL AND f.begins_at <= :now AND f.ends_at > :now)
          ORDER BY scheduled_at LIMIT 500)
        UNION ALL
        (SELECT id FROM control.platform_config
           LEFT JOIN control.config_guard_look l ON l.version_id = id
          WHERE guard_outcome = 'WATCHING'
            -- At its end, and before if it missed two looks at its metric.
            AND least(guard_ends_at, coalesce(l.looked_at, activated_at)
                        + 2 * least(greatest((guard_ends_at - activated_at) / 20, '2 s'), '1 h')) <= :until
          ORDER BY guard_ends_at LIMIT 500)
        UNION ALL
        (SELECT id FROM control.platform_config
          WHERE status = 'DRAFT' AND submit_as IS NOT NULL AND created_at <= :until
          ORDER BY created_at LIMIT 500)) due
       WHERE NOT EXISTS (SELECT 1 FROM control.outbox o
                          WHERE o.topic = 'configuration.watch' AND o.key = due.id::text)
      """)
  List<UUID> due(@Bind("until") Instant until, @Bind("now") Instant now);

  /** The list of versions, newest first. */
  static ListQuery versions(@Nullable String key, @Nullable String status) {
    return new ListQuery(VERSION, "v.created_at", "v.id")
        .where("v.key = :key", "key", key)
        .where("v.status = :status", "status", status);
  }

  /** The keys of the settings that are no rules, of one category or of all. */
  @SqlQuery(
      """
      SELECT key FROM control.config_setting
       WHERE key NOT LIKE 'rules.%' AND (CAST(:category AS text) IS NULL OR category = :category)
      """)
  List<String> keys(@Bind("category") @Nullable String category);

  @SqlUpdate(
      """
      INSERT INTO control.platform_config
             (id, key, version, value, secret, secret_id, status, scheduled_at, change_reason,
              risk_level, impact, can_rollback, guard, slots, restores, content_hash, authors,
              created_by, created_at, updated_at)
      VALUES (:id, :key, :version, CAST(:c.valueJson AS jsonb),
              -- A copy of a secret is of what is there now: it may be sealed anew meanwhile. Each copy is
              -- sealed by itself, and what restores a version has that one's bytes.
              coalesce((SELECT o.secret FROM control.platform_config o
                         WHERE o.key = :key AND o.secret_id = :c.secretId
                         ORDER BY (o.version = CAST(:restores AS integer)) DESC NULLS LAST, o.version DESC
                         LIMIT 1), :c.secret),
              :c.secretId, 'DRAFT', CAST(:c.scheduledAt AS timestamptz), :c.changeReason, :risk,
              CAST(:impact AS jsonb), :c.canRollback, CAST(:c.guardJson AS jsonb), '[]', :restores, '',
              :authors, :by, :at, :at)
      """)
  void insert(
      @Bind("id") UUID id,
      @Bind("key") String key,
      @Bind("version") int version,
      @BindMethods("c") Content content,
      @Bind("risk") String risk,
      @Bind("impact") String impact,
      @Bind("restores") @Nullable Integer restores,
      @Bind("authors") String[] authors,
      @Bind("by") String by,
      @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE control.platform_config
         SET value = CAST(:c.valueJson AS jsonb), secret_id = :c.secretId,
             secret = CASE WHEN secret_id = :c.secretId THEN secret ELSE :c.secret END,
             scheduled_at = CAST(:c.scheduledAt AS timestamptz), change_reason = :c.changeReason,
             can_rollback = :c.canRollback, guard = CAST(:c.guardJson AS jsonb),
             risk_level = :risk, impact = CAST(:impact AS jsonb),
             authors = CASE WHEN :by = ANY (authors) THEN authors ELSE authors || CAST(:by AS text) END,
             suspended = NULL, updated_at = :at, revision = revision + 1
       WHERE id = :id
      """)
  void edit(
      @Bind("id") UUID id,
      @BindMethods("c") Content content,
      @Bind("risk") String risk,
      @Bind("impact") String impact,
      @Bind("by") String by,
      @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE control.platform_config
         SET status = :status, slots = CAST(:slots AS jsonb), attempt = attempt + 1, submit_as = NULL,
             risk_level = :risk, impact = CAST(:impact AS jsonb),
             authors = CASE WHEN :by = ANY (authors) THEN authors ELSE authors || CAST(:by AS text) END,
             suspended = NULL, base_version = NULL, approved_at = NULL, updated_at = :at,
             revision = revision + 1
       WHERE id = :id
      """)
  void submit(
      @Bind("id") UUID id,
      @Bind("status") String status,
      @Bind("slots") String slots,
      @Bind("risk") String risk,
      @Bind("impact") String impact,
      @Bind("by") String by,
      @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE control.platform_config
         SET status = 'APPROVED', base_version = :base, approved_at = :at, updated_at = :at,
             revision = revision + 1
       WHERE id = :id
      """)
  void approve(@Bind("id") UUID id, @Bind("base") @Nullable Integer base, @Bind("at") Instant at);

  /** Its workflow submits it. */
  @SqlUpdate("UPDATE control.platform_config SET submit_as = :as WHERE id = :id")
  void submitAs(@Bind("id") UUID id, @Bind("as") String as);

  /** Somebody said a word on it. */
  @SqlUpdate(
      "UPDATE control.platform_config SET updated_at = :at, revision = revision + 1 WHERE id = :id")
  void touch(@Bind("id") UUID id, @Bind("at") Instant at);

  /** A version ends before it held. */
  @SqlUpdate(
      """
      UPDATE control.platform_config
         SET status = :status, failure = :failure, suspended = NULL, updated_at = :at,
             revision = revision + 1
       WHERE id = :id
      """)
  void end(
      @Bind("id") UUID id,
      @Bind("status") String status,
      @Bind("failure") @Nullable String failure,
      @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE control.platform_config
         SET suspended = :why, updated_at = :at, revision = revision + 1
       WHERE id = :id
      """)
  void suspend(@Bind("id") UUID id, @Bind("why") String why, @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE control.platform_config
         SET status = 'ACTIVE', suspended = NULL, activated_at = :at, guard_ends_at = CAST(:guardEndsAt AS timestamptz),
             guard_outcome = CASE WHEN CAST(:guardEndsAt AS timestamptz) IS NOT NULL THEN 'WATCHING' END,
             updated_at = :at, revision = revision + 1
       WHERE id = :id
      """)
  void activate(
      @Bind("id") UUID id,
      @Bind("at") Instant at,
      @Bind("guardEndsAt") @Nullable Instant guardEndsAt);

  /** Its guard looked at the metric, and goes on. */
  @SqlUpdate(
      """
      INSERT INTO control.config_guard_look (version_id, looked_at) VALUES (:id, :at)
      ON CONFLICT (version_id) DO UPDATE SET looked_at = excluded.looked_at
      """)
  void looked(@Bind("id") UUID id, @Bind("at") Instant at);

  /** What held holds no more; its guard has nothing to watch. */
  @SqlUpdate(
      """
      UPDATE control.platform_config
         SET status = :status, ended_at = :at, updated_at = :at, revision = revision + 1,
             guard_outcome = CASE WHEN guard_outcome IN ('WATCHING', 'HELD') THEN 'ENDED' ELSE guard_outcome END
       WHERE id = :id
      """)
  void replace(@Bind("id") UUID id, @Bind("status") String status, @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE control.platform_config
         SET guard_outcome = :outcome, guard_finding = :finding, updated_at = :at,
             revision = revision + 1
       WHERE id = :id
      """)
  void guard(
      @Bind("id") UUID id,
      @Bind("outcome") String outcome,
      @Bind("finding") String finding,
      @Bind("at") Instant at);

  /** A sealed secret. */
  @SqlQuery("SELECT secret FROM control.platform_config WHERE id = :id AND secret IS NOT NULL")
  Optional<byte[]> secret(@Bind("id") UUID id);

  /** A setting. */
  record SettingRow(String key, String category, int latestVersion) {}
}
