package com.freelync.control.automation.safety;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface LimitDao {
  /**
   * Takes so much of a window, if it is left; empty if it is not. The row stays locked until the
   * transaction ends, so nobody takes the same again.
   */
  @SqlQuery(
      """
      INSERT INTO control.limit_window AS w (action, scope, measure, starts_at, used)
      VALUES (:action, :scope, :measure, :startsAt, :taken)
      ON CONFLICT (action, scope, measure, starts_at) DO UPDATE SET used = w.used + excluded.used
       WHERE w.used + excluded.used <= :limit
      RETURNING used
      """)
  Optional<BigDecimal> take(
      @Bind("action") String action,
      @Bind("scope") String scope,
      @Bind("measure") String measure,
      @Bind("startsAt") Instant startsAt,
      @Bind("taken") BigDecimal taken,
      @Bind("limit") BigDecimal limit);

  @SqlUpdate(
      """
      UPDATE control.limit_window SET used = used - :taken
       WHERE action = :action AND scope = :scope AND measure = :measure AND starts_at = :startsAt
      """)
  int giveBack(
      @Bind("action") String action,
      @Bind("scope") String scope,
      @Bind("measure") String measure,
      @Bind("startsAt") Instant startsAt,
      @Bind("taken") BigDecimal taken);

  @SqlQuery(
      """
      SELECT coalesce((SELECT used FROM control.limit_window
                        WHERE action = :action AND scope = :scope AND measure = :measure
                          AND starts_at = :startsAt), 0)
      """)
  BigDecimal used(
      @Bind("action") String action,
      @Bind("scope") String scope,
      @Bind("measure") String measure,
      @Bind("startsAt") Instant startsAt);

  @SqlUpdate(
      """
      INSERT INTO control.limit_reservation
             (execution_id, path, item, generation, action, amount, scopes, hour, day, reserved_at)
      VALUES (:execution, :path, :item, :generation, :action, :amount, :scopes, :hour, :day, :at)
      ON CONFLICT (execution_id, path, item, generation) DO UPDATE
         SET amount = excluded.amount, scopes = excluded.scopes, hour = excluded.hour,
             day = excluded.day, reserved_at = excluded.reserved_at, released_at = NULL
      """)
  int reserve(
      @Bind("execution") UUID executionId,
      @Bind("path") String path,
      @Bind("item") String item,
      @Bind("generation") int generation,
      @Bind("action") String action,
      @Bind("amount") BigDecimal amount,
      @Bind("scopes") String[] scopes,
      @Bind("hour") Instant hour,
      @Bind("day") Instant day,
      @Bind("at") Instant at);

  /** Marks what a call took as given back, once, and says what that was. */
  @SqlQuery(
      """
      UPDATE control.limit_reservation SET released_at = :at
       WHERE execution_id = :execution AND path = :path AND item = :item AND released_at IS NULL
         AND generation = (SELECT count(*) FROM control.execution_step s
                            WHERE s.execution_id = :execution AND s.path = :path AND s.item = :item
                              AND s.superseded)
      RETURNING action, amount, scopes, hour, day
      """)
  List<Reserved> release(
      @Bind("execution") UUID executionId,
      @Bind("path") String path,
      @Bind("item") String item,
      @Bind("at") Instant at);

  /** What a call took. */
  record Reserved(
      String action, BigDecimal amount, List<String> scopes, Instant hour, Instant day) {}
}
