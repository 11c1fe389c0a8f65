package com.freelync.control.analytics;

import com.freelync.control.ControlCenter;
import com.freelync.control.WaysOut;
import com.freelync.control.configuration.SecretVault;
import com.freelync.control.database.Cancellation;
import com.freelync.control.database.Database;
import com.freelync.control.database.Database.Patience;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.temporal.TaskQueues;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Clock;

/** The analytics of a worker: its own few connections, whose statements may take long. */
public final class AnalyticsModule implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  private final Database database;
  private final Folder folder;
  private final CalculationLog log;
  private final ControlCenter services;

  private AnalyticsModule(
      Database database, Folder folder, CalculationLog log, ControlCenter services) {
    this.services = services;
    this.log = log;
    this.database = database;
    this.folder = folder;
  }

  /** Begins to fold, and takes part in verifying once the factory starts. */
  public static AnalyticsModule start(
      DatabaseSettings settings,
      PrometheusMeterRegistry metrics,
      WorkerFactory factory,
      WorkerOptions options,
      SecretVault vault,
      WaysOut ways) {
    Database database =
        Database.open(
            new DatabaseSettings(settings.url(), settings.user(), settings.password(), CONNECTIONS),
            "control-analytics",
            Patience.ENDLESS);
    Rollups rollups = new Rollups(database);
    ActivitySets sets = new ActivitySets(database);
    Clock clock = Clock.systemUTC();
    CalculationLog log = new CalculationLog(database, clock);
    ControlCenter control =
        new ControlCenter(
            database,
            clock,
            new Analytics(database, log.and(CalculationMetrics.in(metrics)), Cancellation.NEVER),
            vault,
            ways);
    log.start(control.alerts);
    Verifier verifier = new Verifier(database, control.alerts);
    Worker worker = factory.newWorker(TaskQueues.ANALYTICS, options);
    worker.registerWorkflowImplementationTypes(
        AnalyticsVerificationImpl.class, MetricsCalculationImpl.class, AnalyticsRebuildImpl.class);
    worker.registerActivitiesImplementations(
        new VerificationActivitiesImpl(rollups, sets, verifier),
        new CalculationActivitiesImpl(rollups, control.platformMetrics, control.snapshots));
    return new AnalyticsModule(database, Folder.start(rollups, sets), log, control);
  }

  /** The services over connections whose statements may take long. */
  public ControlCenter services() {
    return services;
  }

  @Override
  public void close() {
    folder.close();
    log.close();
    database.close();
  }
}
