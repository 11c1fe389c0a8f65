package com.freelync.control.benchmark.bare;

import com.freelync.control.temporal.TemporalConnection;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * An event to a completed execution as a bare workflow with one activity and a worker of its own.
 */
public final class BareOnceChain implements AutoCloseable {
  private static final String QUEUE = "bare-once";

  private final PlainIntake intake;
  private final WorkflowClient starter;
  private final WorkerFactory factory;

  /**
   * Starts the worker.
   *
   * @param intake writes the rows of an accepted event
   * @param starter the connection of the process that accepts events
   * @param own the worker's connection
   * @param pool the worker's database
   * @param maxTasks how many tasks of each kind run at once
   */
  public BareOnceChain(
      PlainIntake intake,
      TemporalConnection starter,
      TemporalConnection own,
      DataSource pool,
      int maxTasks) {
    this.intake = intake;
    this.starter = starter.client();
    factory = WorkerFactory.newInstance(own.client());
    Worker run =
        factory.newWorker(
            QUEUE,
            WorkerOptions.newBuilder()
                .setMaxConcurrentWorkflowTaskExecutionSize(maxTasks)
                .setMaxConcurrentLocalActivityExecutionSize(maxTasks)
                .build());
    run.registerWorkflowImplementationTypes(BareOnce.Workflowed.class);
    run.registerActivitiesImplementations(new BareOnceStep(pool));
    factory.start();
  }

  /** Accepts the event of a payout and starts its run. */
  public void request(UUID payout) {
    UUID execution = intake.accept(List.of(payout)).get(0);
    BareOnce run =
        starter.newWorkflowStub(
            BareOnce.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(QUEUE)
                .setWorkflowId("bare-once/" + execution)
                .build());
    WorkflowClient.start(run::run, new BareInput(execution, payout));
  }

  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(10, TimeUnit.SECONDS);
  }
}
