package com.freelync.control.worker;

import com.freelync.control.ControlCenter;
import com.freelync.control.temporal.ControlAttributes;
import com.freelync.control.temporal.TaskQueues;
import com.freelync.control.worker.WorkerProbe.ProbeActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.UUID;

/** Runs {@link WorkerProbe} on this very worker, by a task queue that only it serves. */
final class SelfTest {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final String id = UUID.randomUUID().toString();
  private final Worker worker;

  SelfTest(WorkerFactory factory, ControlCenter control) {
    worker =
        factory.newWorker(
            queue(),
            WorkerOptions.newBuilder()
                .setMaxConcurrentWorkflowTaskPollers(2)
                .setMaxConcurrentActivityTaskPollers(1)
                .build());
    worker.registerWorkflowImplementationTypes(WorkerProbeImpl.class);
    ProbeActivities activities = () -> !control.runs.begin(UUID.randomUUID());
    worker.registerActivitiesImplementations(activities);
  }

  private String queue() {
    return TaskQueues.PROBE + "/" + id;
  }

  /**
   * Runs the probe, the factory having started.
   *
   * @throws RuntimeException if it does not succeed within half a minute
   */
  void run(WorkflowClient client) {
    client
        .newWorkflowStub(
            WorkerProbe.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(queue())
                .setWorkflowId("probe/" + id)
                .setWorkflowExecutionTimeout(LONGEST)
                .setTypedSearchAttributes(
                    SearchAttributes.newBuilder()
                        .set(ControlAttributes.CAPABILITY, "probe")
                        .set(ControlAttributes.SIMULATED, true)
                        .build())
                .setStaticSummary("A worker proves that it can work before it reports ready")
                .build())
        .run();
    worker.suspendPolling();
  }
}
