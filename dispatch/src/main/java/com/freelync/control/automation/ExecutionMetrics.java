package com.freelync.control.automation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/**
 * How executions end and how long they take, for Prometheus (OB-1), by automation and status: from
 * these come its success rate, its average time and its failures.
 */
public final class ExecutionMetrics {
  private ExecutionMetrics() {}

  /** One who counts them in a registry; what never began has no time. */
  public static ExecutionEnds.Listener in(MeterRegistry registry) {
    return end -> {
      if (end.hasRun()) {
        Timer.builder("control_execution")
            .description("Time from the trigger of an execution to its end")
            .tag("automation", end.automation())
            .tag("status", end.status().toLowerCase(Locale.ROOT))
            .serviceLevelObjectives(
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(300))
            .register(registry)
            .record(end.took());
      }
    };
  }
}
