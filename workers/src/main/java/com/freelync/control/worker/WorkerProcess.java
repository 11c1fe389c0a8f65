package com.freelync.control.worker;

import com.freelync.control.ControlCenter;
import com.freelync.control.analytics.Analytics;
import com.freelync.control.analytics.AnalyticsModule;
import com.freelync.control.analytics.AnalyticsSchedules;
import com.freelync.control.approval.ApprovalActivitiesImpl;
import com.freelync.control.approval.ApprovalWatchImpl;
import com.freelync.control.audit.Sealer;
import com.freelync.control.automation.AutomationLoopImpl;
import com.freelync.control.automation.AutomationRunImpl;
import com.freelync.control.automation.BacktestActivitiesImpl;
import com.freelync.control.automation.BacktestJobImpl;
import com.freelync.control.automation.ExecutionMetrics;
import com.freelync.control.automation.LostRuns;
import com.freelync.control.automation.LostSchedules;
import com.freelync.control.automation.OutsideActivitiesImpl;
import com.freelync.control.automation.RunActivitiesImpl;
import com.freelync.control.automation.TickActivitiesImpl;
import com.freelync.control.automation.TickImpl;
import com.freelync.control.automation.TickSchedules;
import com.freelync.control.automation.TriggerLoop;
import com.freelync.control.configuration.ChangeActivitiesImpl;
import com.freelync.control.configuration.ConfigurationChangeImpl;
import com.freelync.control.configuration.LongChangeActivitiesImpl;
import com.freelync.control.configuration.LostChanges;
import com.freelync.control.database.Database;
import com.freelync.control.database.Database.Patience;
import com.freelync.control.metrics.ProcessMetrics;
import com.freelync.control.notification.MailActivitiesImpl;
import com.freelync.control.notification.MailDeliveryImpl;
import com.freelync.control.notification.OutgoingActivitiesImpl;
import com.freelync.control.notification.OutgoingDeliveryImpl;
import com.freelync.control.notification.SmtpMailSender;
import com.freelync.control.outbox.Dispatch;
import com.freelync.control.outbox.Dispatcher;
import com.freelync.control.payout.BookActivitiesImpl;
import com.freelync.control.payout.CorrectionActivitiesImpl;
import com.freelync.control.payout.Gateway;
import com.freelync.control.payout.GatewayActivitiesImpl;
import com.freelync.control.payout.GuardedGateway;
import com.freelync.control.payout.HttpGateway;
import com.freelync.control.payout.HttpGatewayBook;
import com.freelync.control.payout.LostCorrections;
import com.freelync.control.payout.LostReconciliations;
import com.freelync.control.payout.LostTransfers;
import com.freelync.control.payout.PayoutCorrectionImpl;
import com.freelync.control.payout.PayoutReconciliationImpl;
import com.freelync.control.payout.PayoutSchedules;
import com.freelync.control.payout.PayoutTransferImpl;
import com.freelync.control.payout.ReconciliationActivitiesImpl;
import com.freelync.control.payout.ReconciliationDayImpl;
import com.freelync.control.payout.TransferActivitiesImpl;
import com.freelync.control.temporal.AttributeCheck;
import com.freelync.control.temporal.TaskQueues;
import com.freelync.control.temporal.TemporalConnection;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that a worker process holds open. */
public final class WorkerProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  /** Longer than starting a workflow takes in a crowd. */
  private static final Duration LOST_AFTER = Duration.ofMinutes(1);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  /** Who waits for a limit or a turn is looked after within a second after there is room. */
  private static final Duration RING_AGAIN = Duration.ofSeconds(1);

  /** They keep a core busy each. */
  private static final int BACKTESTS_AT_ONCE = 2;

  private final Database database;
  private final TemporalConnection temporal;
  private final Dispatcher dispatcher;
  private final Sealer sealer;
  private final TriggerLoop triggers;
  private final WorkerFactory factory;
  private final OutsideModule outside;
  private final AnalyticsModule analytics;
  private final SelfTest selfTest;
  private final AdminServer admin;
  private final AtomicReference<@Nullable String> notReady =
      new AtomicReference<>("waits for Temporal");
  private final Sweep sweep;
  private final Sweep bells;
  private final Thread starter;

  private WorkerProcess(WorkerConfiguration configuration) {
    PrometheusMeterRegistry metrics = ProcessMetrics.registry();
    database =
        Database.open(configuration.database(), "control-worker", Patience.OF_LOCAL_ACTIVITIES);
    outside = new OutsideModule(configuration, Clock.systemUTC());
    ControlCenter control =
        new ControlCenter(
            database, Clock.systemUTC(), new Analytics(database), outside.vault, outside.ways);
    ProcessMetrics.watch(metrics, control);
    control.executionEnds.onEnd(ExecutionMetrics.in(metrics));
    sealer = Sealer.start(database);
    triggers = TriggerLoop.start(control.triggers);
    temporal =
        TemporalConnection.open(configuration.temporal(), ProcessMetrics.temporalScope(metrics));
    dispatcher = Dispatch.start(control, temporal.client());
    factory =
        WorkerFactory.newInstance(
            temporal.client(),
            WorkerFactoryOptions.newBuilder()
                .setWorkerInterceptors(new DiscreetFailures())
                // A loop has a thread for each item of its batch: platform threads would run out.
                .setUsingVirtualWorkflowThreads(true)
                .build());
    Gateway gateway =
        new GuardedGateway(
            new HttpGateway(
                URI.create(configuration.gateway().url()), configuration.gateway().apiKey()),
            control.gatewayBreaker,
            Clock.systemUTC());
    HttpGatewayBook book =
        new HttpGatewayBook(
            URI.create(configuration.gateway().url()), configuration.gateway().apiKey());
    analytics =
        AnalyticsModule.start(
            configuration.database(),
            metrics,
            factory,
            options(configuration),
            outside.vault,
            outside.ways);
    register(configuration, control, gateway, book);
    Worker configurationWorker =
        factory.newWorker(TaskQueues.CONFIGURATION, options(configuration));
    configurationWorker.registerWorkflowImplementationTypes(ConfigurationChangeImpl.class);
    configurationWorker.registerActivitiesImplementations(
        new ChangeActivitiesImpl(control.configuration.progress),
        new LongChangeActivitiesImpl(analytics.services().configuration));
    selfTest = new SelfTest(factory, control);
    admin =
        AdminServer.start(
            configuration.adminPort(), new Health(database, temporal, notReady::get), metrics);
    List<Runnable> sweeps = new ArrayList<>();
    TickSchedules.all(temporal.client(), control)
        .forEach(ticks -> sweeps.add(new LostSchedules(ticks, Clock.systemUTC())));
    sweeps.addAll(
        List.of(
            new LostRuns(control.openRuns, temporal.client(), LOST_AFTER),
            new LostTransfers(control.transfers, temporal.client(), LOST_AFTER),
            new LostCorrections(control.corrections, temporal.client(), LOST_AFTER),
            new LostReconciliations(control.reconciliations, temporal.client(), LOST_AFTER),
            new LostChanges(control.configuration.progress, Clock.systemUTC(), LOST_AFTER),
            control.alertEvaluator));
    sweep = Sweep.start(LOOK_AGAIN, sweeps);
    bells = Sweep.start(RING_AGAIN, List.of(control.stepWaits, control.turns));
    starter = Thread.ofPlatform().name("worker-start").unstarted(() -> begin(configuration));
  }

  /** Starts a worker; where Temporal is away it begins once Temporal is there. */
  public static WorkerProcess start(WorkerConfiguration configuration) {
    WorkerProcess process = new WorkerProcess(configuration);
    process.starter.start();
    return process;
  }

  private void register(
      WorkerConfiguration configuration,
      ControlCenter control,
      Gateway gateway,
      HttpGatewayBook book) {
    WorkerOptions options = options(configuration);
    Worker automation = factory.newWorker(TaskQueues.AUTOMATION, options);
    automation.registerWorkflowImplementationTypes(
        AutomationRunImpl.class, AutomationLoopImpl.class, ApprovalWatchImpl.class, TickImpl.class);
    automation.registerActivitiesImplementations(
        new RunActivitiesImpl(
            control.runs,
            control.runSteps,
            control.runNotes,
            control.runApprovals,
            control.undoing),
        new OutsideActivitiesImpl(analytics.services().runSteps),
        new ApprovalActivitiesImpl(control.approvals),
        new TickActivitiesImpl(List.of(control.triggers.ticks, control.tasks.ticks)));
    Worker backtest =
        factory.newWorker(
            TaskQueues.BACKTEST,
            WorkerOptions.newBuilder(options)
                .setMaxConcurrentActivityExecutionSize(BACKTESTS_AT_ONCE)
                .build());
    backtest.registerWorkflowImplementationTypes(BacktestJobImpl.class);
    backtest.registerActivitiesImplementations(
        new BacktestActivitiesImpl(analytics.services().backtestWork));
    Worker payout = factory.newWorker(TaskQueues.PAYOUT, options);
    payout.registerWorkflowImplementationTypes(
        PayoutTransferImpl.class,
        PayoutCorrectionImpl.class,
        PayoutReconciliationImpl.class,
        ReconciliationDayImpl.class);
    payout.registerActivitiesImplementations(
        new TransferActivitiesImpl(control.transfers),
        new CorrectionActivitiesImpl(control.corrections),
        new ReconciliationActivitiesImpl(control.reconciliations, control.reconciliationWork),
        new BookActivitiesImpl(book, control.reconciliationWork),
        new GatewayActivitiesImpl(gateway));
    Worker notification = factory.newWorker(TaskQueues.NOTIFICATION, options);
    notification.registerWorkflowImplementationTypes(
        MailDeliveryImpl.class, OutgoingDeliveryImpl.class);
    notification.registerActivitiesImplementations(
        new MailActivitiesImpl(control.mails, new SmtpMailSender(configuration.mail())),
        new OutgoingActivitiesImpl(control.actions.outgoing));
  }

  private static WorkerOptions options(WorkerConfiguration configuration) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentWorkflowTaskExecutionSize(configuration.maxConcurrentTasks())
        .setMaxConcurrentActivityExecutionSize(configuration.maxConcurrentTasks())
        .setMaxConcurrentLocalActivityExecutionSize(configuration.maxConcurrentTasks())
        .build();
  }

  private void begin(WorkerConfiguration configuration) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        AttributeCheck.ensure(configuration.temporal());
        // Before the workers poll: what fails here is begun again, and pollers are begun once.
        AnalyticsSchedules.ensure(temporal.client());
        PayoutSchedules.ensure(temporal.client());
        factory.start();
        notReady.set("tests itself");
        selfTest.run(temporal.client());
        notReady.set(null);
        LOG.info("The worker takes tasks from {}", configuration.temporal().address());
        return;
      } catch (RuntimeException e) {
        notReady.set(String.valueOf(e.getMessage()));
        LOG.warn("The worker cannot begin yet: {}", e.getMessage());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The port of the admin server. */
  public int adminPort() {
    return admin.port();
  }

  @Override
  public void close() {
    starter.interrupt();
    sweep.close();
    bells.close();
    dispatcher.close();
    factory.shutdown();
    factory.awaitTermination(10, TimeUnit.SECONDS);
    temporal.close();
    admin.close();
    analytics.close();
    triggers.close();
    sealer.close();
    outside.close();
    database.close();
  }
}
