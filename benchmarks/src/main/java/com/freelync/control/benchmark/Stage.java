package com.freelync.control.benchmark;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.SampleSettings;
import com.freelync.control.database.Database;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.database.Migrations;
import com.freelync.control.notification.MailSettings;
import com.freelync.control.outbox.Dispatch;
import com.freelync.control.outbox.Dispatcher;
import com.freelync.control.sandbox.gateway.GatewaySimulator;
import com.freelync.control.sandbox.mail.MailSink;
import com.freelync.control.sandbox.marketplace.MarketplaceSchema;
import com.freelync.control.sandbox.postgres.SandboxPostgres;
import com.freelync.control.sandbox.temporal.TemporalDevServer;
import com.freelync.control.temporal.TemporalConnection;
import com.freelync.control.temporal.TemporalSettings;
import com.freelync.control.worker.WorkerConfiguration;
import com.freelync.control.worker.WorkerProcess;
import com.uber.m3.tally.NoopScope;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The real parts: PostgreSQL with fsync, Temporal's dev server, the gateway simulator, a worker,
 * and what the API process has. Pools are as large as the configuration files' defaults.
 */
final class Stage implements AutoCloseable {
  static final String GATEWAY_KEY = "benchmark-key";

  /** What a worker takes at once, as in its configuration file. */
  static final int MAX_TASKS = 50;

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int API_CONNECTIONS = 10;
  private static final int WORKER_CONNECTIONS = 20;
  private static final int OTHER_CONNECTIONS = 2;

  private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
  private final SandboxPostgres postgres;
  private final GatewaySimulator gateway;
  private final MailSink mail;
  private final TemporalSettings temporal;
  private final TemporalConnection apiConnection;
  private volatile WorkerProcess worker;
  final Database apiDatabase;
  final Database marketplace;
  final ControlCenter api;

  Stage(Path directory) {
    // Also where it ends early: no server outlives this process.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-stage"));
    postgres = opened(SandboxPostgres.start(directory.resolve("postgres"), 0));
    migrate();
    TemporalDevServer server = opened(TemporalDevServer.start(directory.resolve("temporal"), 0, 0));
    temporal = new TemporalSettings(server.address(), "default", server.uiAddress());
    gateway =
        opened(
            GatewaySimulator.start(
                pool("gateway", WORKER_CONNECTIONS).dataSource(), 0, GATEWAY_KEY));
    mail = opened(MailSink.start(0, 0));
    marketplace = pool("marketplace_app", OTHER_CONNECTIONS);
    apiDatabase = pool("control_api", API_CONNECTIONS);
    api = new ControlCenter(apiDatabase, Clock.systemUTC());
    worker = worker();
    opened(() -> worker.close());
    apiConnection = connect();
    Dispatcher dispatcher = Dispatch.start(api, apiConnection.client());
    opened(dispatcher);
  }

  private void migrate() {
    String url = postgres.jdbcUrl(SandboxPostgres.DATABASE);
    MarketplaceSchema.migrate(url, "marketplace_owner", postgres.password("marketplace_owner"));
    Migrations.migrate(url, "control_owner", postgres.password("control_owner"));
    asOwner(
        owner -> {
          liftLimits(new ControlCenter(owner, Clock.systemUTC()));
          ControlCenter.installSamples(owner, Clock.systemUTC());
          // One automation, as the plain peers have one rule; this one would match what they do
          // not.
          largePayouts(owner, "PAUSED");
        });
  }

  /** What is measured is how payouts are paid, not how they wait for the next hour. */
  private static void liftLimits(ControlCenter owner) {
    SampleSettings.install(
        owner.configuration,
        Map.of(
            "limits.approve_payout.max_per_hour", 1_000_000,
            "limits.approve_payout.max_total_amount", 1_000_000_000,
            "limits.executions.event.max_per_hour", 10_000_000));
  }

  /** Does something as the owner of the schema. */
  void asOwner(Consumer<Database> work) {
    try (Database owner = Database.open(login("control_owner", 2), "owner")) {
      work.accept(owner);
    }
  }

  /** From now on one automation is active, and no other one. */
  void only(Map<String, Object> definition, Actor author) {
    api.automations.create(UUID.randomUUID(), definition, author);
    apiDatabase.transaction(
        transaction ->
            transaction
                .handle()
                .execute(
                    "UPDATE control.automation_workflow SET status = 'PAUSED' WHERE name <> ? AND status = 'ACTIVE'",
                    definition.get("name")));
  }

  /** A moment. */
  void pause() {
    LockSupport.parkNanos(20_000_000);
  }

  /** From now on people are asked about large payouts. */
  void askPeople() {
    largePayouts(apiDatabase, "ACTIVE");
  }

  private static void largePayouts(Database database, String status) {
    database.transaction(
        transaction ->
            transaction
                .handle()
                .execute(
                    "UPDATE control.automation_workflow SET status = ? WHERE name = ?",
                    status,
                    "Large payouts"));
  }

  /** What the API server's file asks of its surroundings. */
  Map<String, String> apiSurroundings() {
    return Map.of(
        "DATABASE_URL", postgres.jdbcUrl(SandboxPostgres.DATABASE),
        "DATABASE_USER", "control_api",
        "DATABASE_PASSWORD", postgres.password("control_api"),
        "DRY_RUN_DATABASE_USER", "control_dryrun",
        "DRY_RUN_DATABASE_PASSWORD", postgres.password("control_dryrun"),
        "QUERY_DATABASE_USER", "control_query",
        "QUERY_DATABASE_PASSWORD", postgres.password("control_query"),
        "TEMPORAL_ADDRESS", temporal.address());
  }

  /** Waits until no run is open: what one load left to do must not slow the next. */
  void awaitQuiet() {
    while (isBusy()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private boolean isBusy() {
    return apiDatabase.read(
        handle ->
            handle
                .createQuery(
                    "SELECT EXISTS (SELECT FROM control.workflow_execution WHERE finished_at IS NULL)")
                .mapTo(Boolean.class)
                .one());
  }

  /** Does the work without the worker, which is started again afterwards. */
  <T> T withoutWorker(Supplier<T> work) {
    worker.close();
    T result = work.get();
    worker = worker();
    return result;
  }

  private WorkerProcess worker() {
    return WorkerProcess.start(
        new WorkerConfiguration(
            login("control_worker", WORKER_CONNECTIONS),
            temporal,
            new WorkerConfiguration.GatewaySettings(gateway.address().toString(), GATEWAY_KEY),
            mail(),
            0,
            MAX_TASKS));
  }

  private MailSettings mail() {
    return new MailSettings(
        "127.0.0.1",
        mail.smtpPort(),
        MailSettings.Tls.NONE,
        null,
        null,
        "control@example.com",
        "http://localhost");
  }

  /** A new pool of a worker's login, as large as a worker's. */
  Database workerPool() {
    return pool("control_worker", WORKER_CONNECTIONS);
  }

  /** A small pool that may read everything but personal data. */
  Database readerPool() {
    return pool("control_reader", OTHER_CONNECTIONS);
  }

  /** A new connection to Temporal, as each process has its own. */
  TemporalConnection connect() {
    return opened(TemporalConnection.open(temporal, new NoopScope()));
  }

  /** The connection of the process that accepts events. */
  TemporalConnection apiConnection() {
    return apiConnection;
  }

  GatewaySimulator gateway() {
    return gateway;
  }

  private Database pool(String role, int connections) {
    return opened(Database.open(login(role, connections), "benchmark-" + role));
  }

  private DatabaseSettings login(String role, int connections) {
    return new DatabaseSettings(
        postgres.jdbcUrl(SandboxPostgres.DATABASE), role, postgres.password(role), connections);
  }

  /** Leaves something to be closed with the stage, before all that was opened earlier. */
  <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  @Override
  public void close() {
    for (AutoCloseable part = open.poll(); part != null; part = open.poll()) {
      try {
        part.close();
      } catch (Exception e) {
        System.err.println("A part did not close: " + e.getMessage());
      }
    }
  }
}
