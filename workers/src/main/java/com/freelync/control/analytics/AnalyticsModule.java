package com.freelync.control.analytics;

import com.freelync.control.alert.Alerts;
import com.freelync.control.database.Database;
import com.freelync.control.database.Database.Patience;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;

/** The analytics of a worker: its own few connections, whose statements may take long. */
public final class AnalyticsModule implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  private final Database database;
  private final Folder folder;

  private AnalyticsModule(Database database, Folder folder) {
    this.database = database;
    this.folder = folder;
  }

  /** Begins to fold, and takes part in verifying once the factory starts. */
  public static AnalyticsModule start(
      DatabaseSettings settings, Alerts alerts, WorkerFactory factory, WorkerOptions options) {
    Database database =
        Database.open(
            new DatabaseSettings(settings.url(), settings.user(), settings.password(), CONNECTIONS),
            "control-analytics",
            Patience.ENDLESS);
    Rollups rollups = new Rollups(database);
    ActivitySets sets = new ActivitySets(database);
    Verifier verifier = new Verifier(database, alerts);
    Worker worker = factory.newWorker(TaskQueues.ANALYTICS, options);
    worker.registerWorkflowImplementationTypes(AnalyticsVerificationImpl.class);
    worker.registerActivitiesImplementations(
        new VerificationActivitiesImpl(rollups, sets, verifier));
    return new AnalyticsModule(database, Folder.start(rollups, sets));
  }

  @Override
  public void close() {
    folder.close();
    database.close();
  }
}
