package com.freelync.control.metrics;

import com.freelync.control.ControlCenter;
import com.freelync.control.alert.AlertSeverity;
import com.freelync.control.alert.ServiceLevel;
import com.freelync.control.alert.ServiceLevels;
import com.freelync.control.audit.AuditTrail;
import com.freelync.control.automation.Turns;
import com.freelync.control.automation.safety.Safeguards;
import com.freelync.control.configuration.ConfigurationCounts;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.payout.Transfers;
import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.util.function.ToDoubleFunction;

/** One process's registry. */
public final class ProcessMetrics {
  private ProcessMetrics() {}

  /** A new registry with the JVM's own metrics in it. */
  public static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return registry;
  }

  /** Where Temporal's SDK reports to; every ten seconds. */
  public static Scope temporalScope(PrometheusMeterRegistry registry) {
    return new RootScopeBuilder()
        .reporter(new MicrometerClientStatsReporter(registry))
        .reportEvery(Duration.ofSeconds(10));
  }

  /**
   * Watches what is owed to Temporal and by the gateway, since when, and which alerts there are.
   */
  public static void watch(PrometheusMeterRegistry registry, ControlCenter control) {
    gauge(registry, "control_outbox_waiting", control.outbox, Outbox::waiting);
    gauge(registry, "control_outbox_oldest_seconds", control.outbox, Outbox::oldestSeconds);
    gauge(registry, "control_executions_waiting", control.turns, Turns::waiting);
    gauge(registry, "control_transfers_unanswered", control.transfers, Transfers::unanswered);
    gauge(registry, "control_circuit_breakers_open", control.safeguards, Safeguards::open);
    gauge(registry, "control_circuit_breaker_trips", control.safeguards, Safeguards::trips);
    gauge(registry, "control_audit_unsealed", control.trail, AuditTrail::unsealed);
    gauge(
        registry,
        "control_audit_unsealed_oldest_seconds",
        control.trail,
        AuditTrail::oldestUnsealedSeconds);
    ConfigurationCounts settings = control.configuration.counts;
    gauge(registry, "control_config_pending", settings, counts -> counts.read().pending());
    gauge(registry, "control_config_suspended", settings, counts -> counts.read().suspended());
    gauge(
        registry, "control_config_activations_failed", settings, counts -> counts.read().failed());
    gauge(registry, "control_config_rollbacks", settings, counts -> counts.read().rolledBack());
    gauge(
        registry,
        "control_approvals_pending",
        control.pendingApprovals,
        pending -> pending.read().count());
    for (AlertSeverity severity : AlertSeverity.values()) {
      Gauge.builder(
              "control_alerts_firing", control.alertList, alerts -> alerts.unresolved(severity))
          .tag("severity", severity.wireName())
          .description("Alerts that are not resolved")
          .register(registry);
    }
  }

  /** Shows each service level: its value now, and the bounds that it should keep. */
  public static void serviceLevels(PrometheusMeterRegistry registry, ServiceLevels levels) {
    for (ServiceLevel level : levels.levels()) {
      Gauge.builder("control_service_level", levels, all -> all.value(level.name()))
          .tag("level", level.name())
          .description("A service level as it stands (SPEC OB-4); NaN without data")
          .register(registry);
      Gauge.builder("control_service_level_target", level, one -> one.target().doubleValue())
          .tag("level", level.name())
          .register(registry);
      Gauge.builder("control_service_level_critical", level, one -> one.critical().doubleValue())
          .tag("level", level.name())
          .register(registry);
    }
  }

  /** Shows how many there are of something. */
  public static <T> void gauge(
      PrometheusMeterRegistry registry, String name, T watched, ToDoubleFunction<T> reading) {
    Gauge.builder(name, watched, reading).register(registry);
  }
}
