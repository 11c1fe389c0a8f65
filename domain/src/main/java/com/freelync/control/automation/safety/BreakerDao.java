package com.freelync.control.automation.safety;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface BreakerDao {
  String SELECT =
      """
      SELECT action, state, failures, trips, last_error, opened_at, retry_at, trial_of, updated_at
        FROM control.circuit_breaker
      """;

  @SqlQuery(SELECT + " WHERE action = :action")
  Optional<Breaker> find(@Bind("action") String action);

  @SqlQuery(SELECT + " ORDER BY action")
  List<Breaker> all();

  /** Outcomes count in the order of their commits: with others that go well. */
  @SqlQuery(
      "SELECT 1 FROM pg_advisory_xact_lock_shared(hashtext('control.circuit_breaker'), hashtext(:action))")
  int sharesOrder(@Bind("action") String action);

  /** Outcomes count in the order of their commits: alone. */
  @SqlQuery(
      "SELECT 1 FROM pg_advisory_xact_lock(hashtext('control.circuit_breaker'), hashtext(:action))")
  int takesOrder(@Bind("action") String action);

  @SqlUpdate(
      """
      INSERT INTO control.circuit_breaker (action, state, failures, updated_at)
      VALUES (:action, 'CLOSED', 0, :now) ON CONFLICT DO NOTHING
      """)
  void ensure(@Bind("action") String action, @Bind("now") Instant now);

  /** The breaker as it is once it is locked: outcomes come one after the other. */
  @SqlQuery(SELECT + " WHERE action = :action FOR UPDATE")
  Optional<Breaker> lock(@Bind("action") String action);

  /** Lets one call try; of several at once one gets it. */
  @SqlUpdate(
      """
      UPDATE control.circuit_breaker
         SET state = 'HALF_OPEN', trial_of = :call, retry_at = :until, updated_at = :now
       WHERE action = :action AND state <> 'CLOSED' AND retry_at <= :now
      """)
  int takeTrial(
      @Bind("action") String action,
      @Bind("call") String call,
      @Bind("until") Instant until,
      @Bind("now") Instant now);

  /** The call that tried was refused by the business: that says nothing, and another one tries. */
  @SqlUpdate(
      """
      UPDATE control.circuit_breaker
         SET state = 'OPEN', trial_of = NULL, retry_at = :now, updated_at = :now
       WHERE action = :action AND state = 'HALF_OPEN' AND trial_of = :call
      """)
  int giveTrialBack(
      @Bind("action") String action, @Bind("call") String call, @Bind("now") Instant now);

  @SqlUpdate(
      """
      UPDATE control.circuit_breaker
         SET state = 'CLOSED', failures = 0, opened_at = NULL, retry_at = NULL, trial_of = NULL,
             updated_at = :now
       WHERE action = :action
      """)
  int close(@Bind("action") String action, @Bind("now") Instant now);

  @SqlUpdate(
      """
      UPDATE control.circuit_breaker
         SET failures = failures + 1, last_error = :error, updated_at = :now
       WHERE action = :action
      """)
  int count(@Bind("action") String action, @Bind("error") String error, @Bind("now") Instant now);

  @SqlUpdate(
      """
      UPDATE control.circuit_breaker
         SET state = 'OPEN', opened_at = coalesce(opened_at, :now), retry_at = :retryAt,
             trial_of = NULL, trips = trips + CASE state WHEN 'CLOSED' THEN 1 ELSE 0 END
       WHERE action = :action
      """)
  int open(
      @Bind("action") String action, @Bind("retryAt") Instant retryAt, @Bind("now") Instant now);
}
