package com.freelync.control.analytics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** How long calculations take, for Prometheus (OB-1): also snapshots and questions of their own. */
public final class CalculationMetrics {
  private CalculationMetrics() {}

  /** One who counts them in a registry. */
  public static Calculations in(MeterRegistry registry) {
    return (kind, took, succeeded) ->
        Timer.builder("control_metric_calculation")
            .description("Time to calculate metrics")
            .tag("kind", kind.name().toLowerCase(Locale.ROOT))
            .tag("succeeded", String.valueOf(succeeded))
            .serviceLevelObjectives(
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30))
            .register(registry)
            .record(took);
  }
}
