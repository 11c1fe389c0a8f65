package com.freelync.control.automation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** What paused automations miss, and what of it is still to be made up for. */
interface MissedDao {
  /** Owes everything that an automation missed. */
  @SqlUpdate(
      """
      INSERT INTO control.missed_work (workflow_id, from_at, until_at, asked_by, request_id)
      VALUES (:id, :from, :until, :by, :requestId)
      """)
  void owe(
      @Bind("id") UUID id,
      @Bind("from") Instant from,
      @Bind("until") Instant until,
      @Bind("by") String by,
      @Bind("requestId") @Nullable String requestId);

  /** Owes nothing any more, and says since when things were missed. */
  @SqlQuery("DELETE FROM control.missed_work WHERE workflow_id = :id RETURNING from_at")
  Optional<Instant> stop(@Bind("id") UUID id);

  /** Forgets whatever was missed. */
  default void forget(UUID id) {
    stop(id);
    forgetChanges(id);
  }

  @SqlUpdate("DELETE FROM control.missed_change WHERE workflow_id = :id")
  void forgetChanges(@Bind("id") UUID id);

  /** Automations that still owe something. */
  @SqlQuery("SELECT workflow_id FROM control.missed_work ORDER BY until_at, workflow_id LIMIT 20")
  List<UUID> owing();

  /** Takes the next batch of an automation, unless somebody else has it. */
  @SqlQuery(
      """
      SELECT workflow_id, from_at, until_at, horizon IS NOT NULL AS is_waiting,
             coalesce(horizon <= pg_snapshot_xmin(pg_current_snapshot()), false) AS is_settled,
             after_at, after_id, asked_by, request_id
        FROM control.missed_work WHERE workflow_id = :id FOR UPDATE SKIP LOCKED
      """)
  Optional<MissedRow> take(@Bind("id") UUID id);

  /** Whoever began before this may still have found it paused. */
  @SqlUpdate(
      """
      UPDATE control.missed_work SET horizon = pg_snapshot_xmax(pg_current_snapshot())
       WHERE workflow_id = :id
      """)
  void waitForOlder(@Bind("id") UUID id);

  @SqlUpdate(
      """
      UPDATE control.missed_work SET after_at = :at, after_id = :after WHERE workflow_id = :id
      """)
  void reached(@Bind("id") UUID id, @Bind("at") Instant at, @Bind("after") @Nullable UUID after);

  @SqlUpdate(
      """
      INSERT INTO control.missed_change
             (workflow_id, change_id, entity, entity_id, field, from_value, to_value, at)
      SELECT :id, id, entity, entity_id, field, from_value, to_value, at
        FROM control.state_change WHERE id = ANY (:changes)
      ON CONFLICT DO NOTHING
      """)
  void keep(@Bind("id") UUID id, @Bind("changes") Long[] changes);

  /** Takes the oldest that were kept. */
  @SqlQuery(
      """
      WITH taken AS (
        DELETE FROM control.missed_change
         WHERE workflow_id = :id
           AND change_id IN (SELECT change_id FROM control.missed_change WHERE workflow_id = :id
                              ORDER BY at, change_id LIMIT :most)
        RETURNING change_id AS id, entity, entity_id, field, from_value, to_value, at)
      SELECT * FROM taken ORDER BY at, id
      """)
  List<StateChangeDao.Change> takeChanges(@Bind("id") UUID id, @Bind("most") int most);

  /**
   * What is owed.
   *
   * @param isWaiting whether it waits for older transactions, or waited
   * @param isSettled whether these have all ended
   */
  record MissedRow(
      UUID workflowId,
      Instant fromAt,
      Instant untilAt,
      boolean isWaiting,
      boolean isSettled,
      @Nullable Instant afterAt,
      @Nullable UUID afterId,
      String askedBy,
      @Nullable String requestId) {}
}
