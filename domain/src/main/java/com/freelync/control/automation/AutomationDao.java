package com.freelync.control.automation;

import com.freelync.control.database.ListQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface AutomationDao {
  String ACTIVE =
      """
      SELECT w.id, v.version, w.name, v.moves_money
        FROM control.automation_workflow w
        JOIN control.automation_version v ON v.workflow_id = w.id AND v.version = w.active_version
       WHERE w.status = 'ACTIVE'
      """;

  String WORKFLOW =
      """
      SELECT w.id, w.name, w.status, w.latest_version, w.active_version, w.revision, w.created_by,
             w.created_at, w.updated_at, v.definition::text AS definition_json, v.moves_money,
             v.content_hash, v.created_by AS version_by, v.created_at AS version_at
        FROM control.automation_workflow w
        JOIN control.automation_version v ON v.workflow_id = w.id AND v.version = w.latest_version
      """;

  @SqlQuery(ACTIVE + " AND w.event_type = :eventType ORDER BY w.id")
  List<ActiveRow> activeOnEvent(@Bind("eventType") String eventType);

  @SqlQuery(ACTIVE + " AND w.id = :id")
  Optional<ActiveRow> active(@Bind("id") UUID id);

  /** One that is ACTIVE or PAUSED, with its active version. */
  @SqlQuery(
      """
      SELECT w.id, v.version, w.name, v.moves_money
        FROM control.automation_workflow w
        JOIN control.automation_version v ON v.workflow_id = w.id AND v.version = w.active_version
       WHERE w.id = :id AND w.status IN ('ACTIVE', 'PAUSED')
      """)
  Optional<ActiveRow> armed(@Bind("id") UUID id);

  @SqlQuery(
      """
      SELECT definition::text FROM control.automation_version
       WHERE workflow_id = :id AND version = :version
      """)
  String definition(@Bind("id") UUID id, @Bind("version") int version);

  @SqlQuery(WORKFLOW + " WHERE w.id = :id")
  Optional<AutomationRow> find(@Bind("id") UUID id);

  /** Locks the row alone: what is joined to it is read afterwards, as it is then. */
  @SqlQuery("SELECT id FROM control.automation_workflow WHERE id = :id FOR UPDATE")
  Optional<UUID> lockRow(@Bind("id") UUID id);

  /** The automation as it is once its row is locked. */
  default Optional<AutomationRow> lock(UUID id) {
    return lockRow(id).flatMap(this::find);
  }

  /** The list of those with a status and a name, as far as they are given, newest first. */
  static ListQuery list(@Nullable String status, @Nullable String name) {
    return new ListQuery(WORKFLOW, "w.created_at", "w.id")
        .where("w.status = :status", "status", status)
        .where("w.name = :name", "name", name);
  }

  @SqlQuery(
      """
      SELECT version, definition::text AS definition_json, content_hash, moves_money, created_by,
             created_at
        FROM control.automation_version WHERE workflow_id = :id ORDER BY version DESC
      """)
  List<VersionRow> versions(@Bind("id") UUID id);

  @SqlQuery(
      """
      SELECT version, definition::text AS definition_json, content_hash, moves_money, created_by,
             created_at
        FROM control.automation_version WHERE workflow_id = :id AND version = :version
      """)
  Optional<VersionRow> version(@Bind("id") UUID id, @Bind("version") int version);

  /** Who wrote the versions after one, up to another. */
  @SqlQuery(
      """
      SELECT DISTINCT created_by FROM control.automation_version
       WHERE workflow_id = :id AND version > :after AND version <= :upTo
      """)
  Set<String> authors(@Bind("id") UUID id, @Bind("after") int after, @Bind("upTo") int upTo);

  @SqlUpdate(
      """
      INSERT INTO control.automation_workflow
             (id, name, status, latest_version, active_version, event_type, created_by, created_at,
              updated_at)
      VALUES (:id, :name, :status, 1, :activeVersion, :eventType, :by, :at, :at)
      ON CONFLICT (id) DO NOTHING
      """)
  int insert(
      @Bind("id") UUID id,
      @Bind("name") String name,
      @Bind("status") String status,
      @Bind("activeVersion") @Nullable Integer activeVersion,
      @Bind("eventType") @Nullable String eventType,
      @Bind("by") String by,
      @Bind("at") Instant at);

  @SqlUpdate(
      """
      INSERT INTO control.automation_version
             (workflow_id, version, definition, content_hash, moves_money, created_by, created_at)
      VALUES (:id, :version, CAST(:definition AS jsonb), :hash, :movesMoney, :by, :at)
      """)
  void insertVersion(
      @Bind("id") UUID id,
      @Bind("version") int version,
      @Bind("definition") String definition,
      @Bind("hash") String hash,
      @Bind("movesMoney") boolean movesMoney,
      @Bind("by") String by,
      @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE control.automation_workflow
         SET name = :name, status = :status, latest_version = :latest, active_version = :active,
             event_type = :eventType, revision = revision + 1, updated_at = :at
       WHERE id = :id
      """)
  void update(
      @Bind("id") UUID id,
      @Bind("name") String name,
      @Bind("status") String status,
      @Bind("latest") int latest,
      @Bind("active") @Nullable Integer active,
      @Bind("eventType") @Nullable String eventType,
      @Bind("at") Instant at);

  @SqlQuery("SELECT event_type FROM control.automation_workflow WHERE id = :id")
  @Nullable String eventType(@Bind("id") UUID id);

  /** What runs now. */
  record ActiveRow(UUID id, int version, String name, boolean movesMoney) {}

  /** An automation with its latest version. */
  record AutomationRow(
      UUID id,
      String name,
      String status,
      int latestVersion,
      @Nullable Integer activeVersion,
      long revision,
      String createdBy,
      Instant createdAt,
      Instant updatedAt,
      String definitionJson,
      boolean movesMoney,
      String contentHash,
      String versionBy,
      Instant versionAt) {}

  /** One version. */
  record VersionRow(
      int version,
      String definitionJson,
      String contentHash,
      boolean movesMoney,
      String createdBy,
      Instant createdAt) {}
}
