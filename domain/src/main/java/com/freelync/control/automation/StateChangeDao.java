package com.freelync.control.automation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface StateChangeDao {
  @SqlQuery("SELECT EXISTS (SELECT FROM control.state_change)")
  boolean isAnyWaiting();

  /** The right to follow until the transaction ends; false if somebody else has it. */
  @SqlQuery("SELECT pg_try_advisory_xact_lock(hashtextextended('control.state_change', 0))")
  boolean takeTurn();

  /**
   * Changes whose place is settled: no transaction that is open, or will ever begin, writes one
   * before them. Those of a number that this server has not reached came by a dump, and are old.
   */
  @SqlQuery(
      """
      SELECT id, entity, entity_id, field, from_value, to_value, at
        FROM control.state_change
       WHERE txid < (SELECT pg_snapshot_xmin(pg_current_snapshot()))
          OR txid >= (SELECT pg_snapshot_xmax(pg_current_snapshot()))
       ORDER BY txid, id LIMIT :most
      """)
  List<Change> settled(@Bind("most") int most);

  @SqlUpdate("DELETE FROM control.state_change WHERE id = ANY (:ids)")
  void delete(@Bind("ids") Long[] ids);

  /** A watched field of an entity that changed. */
  record Change(
      long id,
      String entity,
      UUID entityId,
      String field,
      @Nullable String fromValue,
      String toValue,
      Instant at) {
    /** Whether a state trigger waits for it. */
    boolean isFor(TriggerDao.ArmedTrigger trigger) {
      return entity.equals(trigger.entity())
          && field.equals(trigger.field())
          && toValue.equals(trigger.toValue())
          && (trigger.fromValue() == null || trigger.fromValue().equals(fromValue));
    }
  }
}
