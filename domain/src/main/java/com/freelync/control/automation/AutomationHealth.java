package com.freelync.control.automation;

import com.freelync.control.database.Database;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How automations are doing: what is under way, and how the runs of the last day ended. */
public final class AutomationHealth {
  private static final Duration WINDOW = Duration.ofDays(1);

  private final Database database;
  private final Clock clock;

  public AutomationHealth(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * The health of all automations.
   *
   * @param active automations that are switched on
   * @param running runs that are at work
   * @param awaitingApproval runs that wait for a person
   * @param completed runs of the last day that completed
   * @param failed runs of the last day that failed
   * @param cancelled runs of the last day that were cancelled
   * @param rejected runs of the last day that a person rejected
   * @param successRate completed of completed and failed; null where there were none
   * @param averageSeconds of the completed runs, from trigger to end; null where there were none
   */
  public record Health(
      long active,
      long running,
      long awaitingApproval,
      long completed,
      long failed,
      long cancelled,
      long rejected,
      @Nullable BigDecimal successRate,
      @Nullable BigDecimal averageSeconds) {}

  /** Reads it. */
  public Health read() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT (SELECT count(*) FROM control.automation_workflow WHERE status = 'ACTIVE') AS active,
                           open.*, ended.*
                      FROM (SELECT count(*) FILTER (WHERE status IN ('PENDING', 'RUNNING')) AS running,
                                   count(*) FILTER (WHERE status = 'AWAITING_APPROVAL') AS awaiting_approval
                              FROM control.workflow_execution WHERE finished_at IS NULL) open,
                           (SELECT count(*) FILTER (WHERE status = 'COMPLETED') AS completed,
                                   count(*) FILTER (WHERE status = 'FAILED') AS failed,
                                   count(*) FILTER (WHERE status = 'CANCELLED') AS cancelled,
                                   count(*) FILTER (WHERE status = 'REJECTED') AS rejected,
                                   round(avg((status = 'COMPLETED')::int) FILTER (WHERE status IN ('COMPLETED', 'FAILED')), 4) AS success_rate,
                                   round(avg(extract(epoch FROM finished_at - created_at)) FILTER (WHERE status = 'COMPLETED'), 3) AS average_seconds
                              FROM control.workflow_execution WHERE finished_at >= :since) ended
                    """)
                .bind("since", clock.instant().minus(WINDOW))
                .mapTo(Health.class)
                .one());
  }
}
