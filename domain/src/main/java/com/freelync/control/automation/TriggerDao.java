package com.freelync.control.automation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Triggers that are armed. Who writes one holds the lock of its automation's row. */
interface TriggerDao {
  String ROW =
      """
      SELECT workflow_id, version, kind, trigger, entity, field, from_value, to_value, since,
             armed_at, paused_at
        FROM control.automation_trigger
      """;

  @SqlQuery(ROW + " WHERE workflow_id = :id")
  Optional<ArmedTrigger> find(@Bind("id") UUID id);

  /** Holds a trigger as it is until the transaction ends. */
  @SqlQuery(ROW + " WHERE workflow_id = :id FOR SHARE")
  Optional<ArmedTrigger> hold(@Bind("id") UUID id);

  /** Holds those that wait for changes of these kinds of entity. */
  @SqlQuery(ROW + " WHERE entity = ANY (:entities) ORDER BY workflow_id FOR SHARE")
  List<ArmedTrigger> holdWatching(@Bind("entities") String[] entities);

  @SqlQuery(
      ROW
          + """
             WHERE kind = 'CRON' AND paused_at IS NULL AND workflow_id > :after
             ORDER BY workflow_id LIMIT :limit
            """)
  List<ArmedTrigger> cron(@Bind("after") UUID after, @Bind("limit") int limit);

  @SqlQuery("SELECT clock_timestamp()")
  Instant now();

  @SqlUpdate(
      """
      INSERT INTO control.automation_trigger
             (workflow_id, version, kind, trigger, entity, field, from_value, to_value, since,
              armed_at, paused_at)
      VALUES (:t.workflowId, :t.version, :t.kind, :t.trigger, :t.entity, :t.field, :t.fromValue,
              :t.toValue, :t.since, :t.armedAt, :t.pausedAt)
      ON CONFLICT (workflow_id) DO UPDATE
         SET version = excluded.version, kind = excluded.kind, trigger = excluded.trigger,
             entity = excluded.entity, field = excluded.field, from_value = excluded.from_value,
             to_value = excluded.to_value, since = excluded.since, armed_at = excluded.armed_at,
             paused_at = excluded.paused_at
      """)
  void put(@BindMethods("t") ArmedTrigger trigger);

  @SqlUpdate("DELETE FROM control.automation_trigger WHERE workflow_id = :id")
  void delete(@Bind("id") UUID id);

  /**
   * The trigger of an automation that is ACTIVE or PAUSED.
   *
   * @param trigger in its canonical form
   * @param since what came before is none of its business
   * @param armedAt since when its schedule belongs into Temporal
   * @param pausedAt since when what comes is missed; null while it is ACTIVE
   */
  record ArmedTrigger(
      UUID workflowId,
      int version,
      String kind,
      String trigger,
      @Nullable String entity,
      @Nullable String field,
      @Nullable String fromValue,
      @Nullable String toValue,
      Instant since,
      Instant armedAt,
      @Nullable Instant pausedAt) {
    ArmedTrigger pausedSince(Instant at) {
      return new ArmedTrigger(
          workflowId,
          version,
          kind,
          trigger,
          entity,
          field,
          fromValue,
          toValue,
          since,
          armedAt,
          at);
    }

    ArmedTrigger startingAt(Instant at) {
      return new ArmedTrigger(
          workflowId,
          version,
          kind,
          trigger,
          entity,
          field,
          fromValue,
          toValue,
          at,
          armedAt,
          pausedAt);
    }

    boolean isCron() {
      return kind.equals("CRON");
    }

    /** Whether what came at an instant came while it was paused. */
    boolean missed(Instant at) {
      return pausedAt != null && !at.isBefore(pausedAt);
    }
  }
}
