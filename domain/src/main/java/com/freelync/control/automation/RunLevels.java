package com.freelync.control.automation;

import com.freelync.control.alert.ServiceLevel;
import com.freelync.control.alert.ServiceLevel.Measure;
import com.freelync.control.alert.ServiceLevel.Source;
import com.freelync.control.alert.ServiceLevel.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The service levels of automations: how many runs succeed, and how long they take. */
public final class RunLevels {
  private static final Duration WINDOW = Duration.ofDays(1);

  private RunLevels() {}

  /** All of them. */
  public static List<Source> all() {
    return List.of(new Success(), new RunTime());
  }

  /** Of the runs that ended by themselves, the share that completed. */
  private record Success() implements Source {
    @Override
    public ServiceLevel level() {
      return ServiceLevel.atLeast(
          "workflow_success",
          "Of the runs of automations that completed or failed, the share that completed",
          Unit.SHARE,
          new BigDecimal("0.95"),
          new BigDecimal("0.85"),
          WINDOW);
    }

    @Override
    public Measure of(Handle handle, Instant since) {
      return Measure.share(
          handle,
          """
          SELECT avg((status = 'COMPLETED')::int) AS value, count(*) AS sample
            FROM control.workflow_execution
           WHERE finished_at >= :since AND status IN ('COMPLETED', 'FAILED')
          """,
          since);
    }
  }

  /** The time of runs in which no person was asked: theirs is another level. */
  private record RunTime() implements Source {
    @Override
    public ServiceLevel level() {
      return ServiceLevel.atMost(
          "automation_run",
          "From the trigger to the end of a run that asked no person: so long took 95 of 100",
          Unit.SECONDS,
          BigDecimal.valueOf(60),
          BigDecimal.valueOf(300),
          WINDOW);
    }

    @Override
    public Measure of(Handle handle, Instant since) {
      return Measure.seconds(
          handle,
          """
          SELECT percentile_disc(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - created_at)) AS value,
                 count(*) AS sample
            FROM control.workflow_execution e
           WHERE finished_at >= :since AND status IN ('COMPLETED', 'FAILED')
             AND NOT EXISTS (SELECT FROM control.approval_request a
                              WHERE a.subject_type = 'execution' AND a.subject_id = e.id::text)
          """,
          since);
    }
  }
}
