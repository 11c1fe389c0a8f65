package com.freelync.control.worker;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.ExecutionFilter;
import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.automation.safety.TestLimits;
import com.freelync.control.configuration.secret.SecretKeys;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.event.PlatformEvent;
import com.freelync.control.notification.MailSettings;
import com.freelync.control.outbox.Dispatch;
import com.freelync.control.outbox.Dispatcher;
import com.freelync.control.sandbox.gateway.GatewaySimulator;
import com.freelync.control.sandbox.mail.MailSink;
import com.freelync.control.sandbox.temporal.TemporalDevServer;
import com.freelync.control.temporal.TemporalConnection;
import com.freelync.control.temporal.TemporalSettings;
import com.freelync.control.webhook.WebhookSettings;
import com.uber.m3.tally.NoopScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A real worker on real PostgreSQL and a real Temporal server, with the gateway simulator. */
final class RealWorker implements AutoCloseable {
  private static final String KEY = "test-key";

  final TestDatabase database = TestDatabase.create();
  final Marketplace marketplace = new Marketplace(database);
  final ControlCenter api = new ControlCenter(database.as("control_api"), Clock.systemUTC());

  /** The services as a worker has them. */
  final ControlCenter control = new ControlCenter(database.as("control_worker"), Clock.systemUTC());

  /** The keys with which the worker opens secrets. */
  final Path secretKeys = keys();

  final GatewaySimulator gateway;
  final Path temporalState;
  final TemporalConnection connection;
  private final Database gatewayRole = database.as("gateway");
  private final HttpClient http = HttpClient.newHttpClient();
  private final Dispatcher dispatcher;
  private final WorkerConfiguration configuration;
  private final WorkerProcess worker;
  private final int port;
  private TemporalDevServer temporal;
  private MailSink mail = MailSink.start(0, 0);

  RealWorker(Path temporalState) {
    this.temporalState = temporalState;
    TestLimits.lift(new ControlCenter(database.as("control_owner"), Clock.systemUTC()));
    ControlCenter.installSamples(database.as("control_owner"), Clock.systemUTC());
    temporal = TemporalDevServer.start(temporalState, 0, 0);
    port = Integer.parseInt(temporal.address().split(":")[1]);
    gateway = GatewaySimulator.start(gatewayRole.dataSource(), 0, KEY);
    TemporalSettings settings =
        new TemporalSettings(temporal.address(), "default", temporal.uiAddress());
    DatabaseSettings login = database.settings("control_worker");
    configuration =
        new WorkerConfiguration(
            login,
            settings,
            new WorkerConfiguration.GatewaySettings(gateway.address().toString(), KEY),
            new MailSettings(
                "127.0.0.1",
                mail.smtpPort(),
                MailSettings.Tls.NONE,
                null,
                null,
                "FreeLync <control@freelync.com>",
                "http://127.0.0.1:8080"),
            0,
            50,
            secretKeys.toString(),
            new WebhookSettings(List.of("127.0.0.1")));
    worker = WorkerProcess.start(configuration);
    connection = TemporalConnection.open(settings, new NoopScope());
    dispatcher = Dispatch.start(api, connection.client());
  }

  /** One more worker beside it, which its caller closes. */
  WorkerProcess another() {
    return WorkerProcess.start(configuration);
  }

  private static Path keys() {
    try {
      Path keys = Files.createTempDirectory("secret-keys").resolve("keys.json");
      SecretKeys.create(keys);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stopTemporal() {
    temporal.close();
  }

  void startTemporal() {
    temporal = TemporalDevServer.start(temporalState, port, 0);
  }

  /** The mail server that this worker knows. */
  MailSink mail() {
    return mail;
  }

  void stopMail() {
    mail.close();
  }

  void startMail() {
    mail = MailSink.start(0, mail.smtpPort());
  }

  /** A payout of a good seller, with its event accepted. */
  UUID request(String amount) {
    UUID payout = marketplace.payout(marketplace.goodSeller(), amount);
    accept(payout);
    return payout;
  }

  void accept(UUID payout) {
    PlatformEvent event =
        new PlatformEvent(
            "/marketplace",
            UUID.randomUUID().toString(),
            "payout.requested",
            null,
            null,
            Map.of("payout_id", payout.toString()));
    api.events.accept(List.of(event), new Actor("marketplace", "request-1"));
  }

  /** The execution of the sample that pays by rule. */
  ExecutionRow executionOf(UUID payout) {
    return executionOf(payout, "Auto-approve low-risk payouts");
  }

  ExecutionRow executionOf(UUID payout, String automation) {
    return api
        .executions
        .list(ExecutionFilter.ofEntity("payout", payout.toString()), Cursor.START, 10)
        .stream()
        .filter(row -> row.workflowName().equals(automation))
        .findFirst()
        .orElseThrow();
  }

  void fault(String mode, int times) {
    call("POST", "/faults", "{\"mode\": \"" + mode + "\", \"times\": " + times + "}");
  }

  void clearFaults() {
    call("DELETE", "/faults", "");
  }

  /** What the gateway's own book says of a payout. */
  String book(UUID payout) {
    return call("GET", "/disbursements?payout_id=" + payout, "");
  }

  private String call(String method, String path, String body) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(gateway.address() + path))
                  .header("Content-Type", "application/json")
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int adminPort() {
    return worker.adminPort();
  }

  @Override
  public void close() {
    dispatcher.close();
    worker.close();
    connection.close();
    gateway.close();
    mail.close();
    temporal.close();
    database.close();
  }
}
