package com.freelync.control.benchmark.bare;

import com.freelync.control.payout.HttpGateway;
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
 * The main job as a pair of bare workflows with a worker of their own: the same rows, the same
 * kinds of activities, the same call to the gateway; no automation language, no outbox, nothing for
 * operators to read.
 */
public final class BareChain implements AutoCloseable {
  static final String TRANSFER_QUEUE = "bare-payout";

  private static final String RUN_QUEUE = "bare-automation";

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
  public BareChain(
      PlainIntake intake,
      TemporalConnection starter,
      TemporalConnection own,
      DataSource pool,
      HttpGateway gateway,
      int maxTasks) {
    this.intake = intake;
    this.starter = starter.client();
    factory = WorkerFactory.newInstance(own.client());
    WorkerOptions options =
        WorkerOptions.newBuilder()
            .setMaxConcurrentWorkflowTaskExecutionSize(maxTasks)
            .setMaxConcurrentActivityExecutionSize(maxTasks)
            .setMaxConcurrentLocalActivityExecutionSize(maxTasks)
            .build();
    Worker run = factory.newWorker(RUN_QUEUE, options);
    run.registerWorkflowImplementationTypes(BareRun.Workflowed.class);
    run.registerActivitiesImplementations(new BareRunSteps(pool, own.client()));
    Worker transfer = factory.newWorker(TRANSFER_QUEUE, options);
    transfer.registerWorkflowImplementationTypes(BareTransfer.Workflowed.class);
    BareTransfer.GatewayStep disburse = gateway::disburse;
    transfer.registerActivitiesImplementations(new BareTransferSteps(pool), disburse);
    factory.start();
  }

  /** Accepts the event of a payout and starts its run. */
  public void request(UUID payout) {
    UUID execution = intake.accept(List.of(payout)).get(0);
    BareRun run =
        starter.newWorkflowStub(
            BareRun.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(RUN_QUEUE)
                .setWorkflowId("bare-execution/" + execution)
                .build());
    WorkflowClient.start(run::run, new BareInput(execution, payout));
  }

  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(10, TimeUnit.SECONDS);
  }
}
