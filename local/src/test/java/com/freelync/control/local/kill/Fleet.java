package com.freelync.control.local.kill;

import com.freelync.control.ControlCenter;
import com.freelync.control.automation.safety.TestLimits;
import com.freelync.control.database.Database;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.Migrations;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.sandbox.gateway.GatewaySimulator;
import com.freelync.control.sandbox.identity.TokenIssuer;
import com.freelync.control.sandbox.mail.MailSink;
import com.freelync.control.sandbox.marketplace.MarketplaceSchema;
import com.freelync.control.sandbox.postgres.SandboxPostgres;
import com.freelync.control.sandbox.temporal.TemporalDevServer;
import com.freelync.control.temporal.TemporalConnection;
import com.freelync.control.temporal.TemporalSettings;
import com.uber.m3.tally.NoopScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * Two API processes and two workers on a real PostgreSQL and a real Temporal server, each of which
 * can be killed and comes back. The gateway, the issuer of tokens and the mail server outlive them.
 */
final class Fleet implements AutoCloseable {
  private static final String GATEWAY_KEY = "kill-test-key";

  final Points points;
  final TokenIssuer issuer;
  final GatewaySimulator gateway;
  final Database gatewayRole;
  final Marketplace marketplace;
  final ControlCenter control;
  final TemporalConnection temporalClient;
  final List<JavaPart> apis = new ArrayList<>();
  final List<JavaPart> workers = new ArrayList<>();
  private final Path home;
  private final int postgresPort;
  private final int temporalPort;
  private final MailSink mail = MailSink.start(0, 0);
  private final List<Database> pools = new ArrayList<>();
  private SandboxPostgres postgres;
  private TemporalDevServer temporal;

  Fleet(Path home) {
    this(home, TestLimits::lift);
  }

  /** One with limits of its own. */
  Fleet(Path home, Consumer<ControlCenter> limits) {
    this.home = home;
    points = new Points(home.resolve("failpoints"));
    postgres = SandboxPostgres.start(home.resolve("postgres"), 0);
    postgresPort = postgres.port();
    temporal = TemporalDevServer.start(home.resolve("temporal"), 0, 0);
    temporalPort = Integer.parseInt(temporal.address().split(":")[1]);
    String url = postgres.jdbcUrl(SandboxPostgres.DATABASE);
    MarketplaceSchema.migrate(url, "marketplace_owner", postgres.password("marketplace_owner"));
    Migrations.migrate(url, "control_owner", postgres.password("control_owner"));
    Database owner = pool("control_owner");
    control = new ControlCenter(owner, Clock.systemUTC());
    limits.accept(control);
    ControlCenter.installSamples(owner, Clock.systemUTC());
    marketplace = new Marketplace(pool("marketplace_app"));
    gatewayRole = pool("gateway");
    gateway = GatewaySimulator.start(gatewayRole.dataSource(), 0, GATEWAY_KEY);
    issuer = TokenIssuer.start(home.resolve("issuer"), 0);
    temporalClient =
        TemporalConnection.open(
            new TemporalSettings(temporal.address(), "default", temporal.uiAddress()),
            new NoopScope());
    for (int i = 0; i < 2; i++) {
      apis.add(api(i));
      workers.add(worker(i));
    }
    parts().forEach(JavaPart::start);
    parts().forEach(JavaPart::awaitReady);
  }

  /** A pool of connections as a role. */
  Database pool(String role) {
    Database pool =
        Database.open(
            new DatabaseSettings(
                postgres.jdbcUrl(SandboxPostgres.DATABASE), role, postgres.password(role), 8),
            "kill-test-" + role);
    pools.add(pool);
    return pool;
  }

  private JavaPart api(int number) {
    JavaPart part = JavaPart.of(home, "api-server", number, points.directory());
    common(part, "control_api");
    part.environment("API_PORT", part.port());
    part.environment("API_ADMIN_PORT", part.adminPort());
    part.environment("PEOPLE_FILE", JavaPart.ROOT.resolve("api-server/config/people.yml"));
    part.environment("DRY_RUN_DATABASE_USER", "control_dryrun");
    part.environment("DRY_RUN_DATABASE_PASSWORD", postgres.password("control_dryrun"));
    part.environment("QUERY_DATABASE_USER", "control_query");
    part.environment("QUERY_DATABASE_PASSWORD", postgres.password("control_query"));
    part.environment("OIDC_ISSUER", issuer.address());
    part.environment("OIDC_JWKS_URI", issuer.jwksUri());
    return part.arguments("server", JavaPart.ROOT.resolve("api-server/config/control-center.yml"));
  }

  private JavaPart worker(int number) {
    JavaPart part = JavaPart.of(home, "workers", number, points.directory());
    common(part, "control_worker");
    part.environment("WORKER_ADMIN_PORT", part.adminPort());
    part.environment("GATEWAY_URL", gateway.address());
    part.environment("GATEWAY_API_KEY", GATEWAY_KEY);
    part.environment("MAIL_SMTP_PORT", mail.smtpPort());
    part.environment("MAIL_SMTP_TLS", "none");
    return part.arguments(JavaPart.ROOT.resolve("workers/config/control-center.yml"));
  }

  private void common(JavaPart part, String role) {
    part.environment("DATABASE_URL", postgres.jdbcUrl(SandboxPostgres.DATABASE));
    part.environment("DATABASE_USER", role);
    part.environment("DATABASE_PASSWORD", postgres.password(role));
    part.environment("TEMPORAL_ADDRESS", temporal.address());
  }

  private List<JavaPart> parts() {
    List<JavaPart> parts = new ArrayList<>(apis);
    parts.addAll(workers);
    return parts;
  }

  /** Kills as {@code kill -9} does, and brings the part back. */
  void kill(Victim victim, long hitBy) {
    switch (victim) {
      case WORKER -> one(workers, hitBy).killAndStart();
      case API -> one(apis, hitBy).killAndStart();
      case TEMPORAL -> {
        kill(temporal.pid());
        temporal.close();
        temporal =
            started(
                () -> TemporalDevServer.start(home.resolve("temporal"), temporalPort, 0),
                server -> server.address().endsWith(":" + temporalPort));
      }
      case POSTGRES -> {
        kill(postgres.pid());
        postgres.close();
        postgres =
            started(
                () -> SandboxPostgres.start(home.resolve("postgres"), postgresPort),
                server -> server.port() == postgresPort);
      }
    }
  }

  /** Kills a part of each point's kind as soon as somebody has reached the point. */
  void killAtEach(Map<Failpoint, Victim> round) {
    Set<String> done = new HashSet<>();
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              for (Hit hit : points.hits()) {
                if (done.add(hit.point())) {
                  kill(round.get(Failpoint.valueOf(hit.point())), hit.pid());
                  points.release(hit.point());
                }
              }
              return done.size() == round.size();
            });
  }

  /**
   * Starts it as whoever keeps servers does: again, until it is up on its port, which may be in use
   * for a moment yet.
   */
  private static <T extends AutoCloseable> T started(Callable<T> start, Predicate<T> isInPlace) {
    return Awaitility.await("it is up again")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(
            () -> {
              T server = start.call();
              if (!isInPlace.test(server)) {
                server.close();
                throw new IllegalStateException("it took another port");
              }
              return server;
            },
            server -> true);
  }

  /** The one that stopped at the point, or where that is of another kind, the first. */
  private static JavaPart one(List<JavaPart> kind, long hitBy) {
    return kind.stream().filter(part -> part.pid() == hitBy).findFirst().orElse(kind.getFirst());
  }

  private static void kill(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    try {
      process.onExit().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("process " + pid + " does not end", e);
    }
  }

  /** Kills every part of a kind, so that also who does something now is among them. */
  void killAll(Victim victim) {
    switch (victim) {
      case WORKER -> workers.forEach(JavaPart::killAndStart);
      case API -> apis.forEach(JavaPart::killAndStart);
      case TEMPORAL, POSTGRES -> kill(victim, 0);
    }
  }

  void awaitReady() {
    parts().forEach(JavaPart::awaitReady);
  }

  @Override
  public void close() {
    parts().forEach(JavaPart::close);
    temporalClient.close();
    gateway.close();
    issuer.close();
    mail.close();
    pools.forEach(Database::close);
    temporal.close();
    postgres.close();
  }

  /** What is killed. */
  enum Victim {
    WORKER,
    API,
    TEMPORAL,
    POSTGRES
  }

  /** The files by which a test and the processes speak of failpoints. */
  record Points(Path directory) {
    Points {
      try {
        for (String name : List.of("armed", "hit", "go")) {
          Files.createDirectories(directory.resolve(name));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void arm(String name) throws IOException {
      Files.createFile(directory.resolve("armed").resolve(name));
    }

    /** Those that were reached: names of points with the process that stopped there. */
    List<Hit> hits() throws IOException {
      try (var files = Files.list(directory.resolve("hit"))) {
        return files.map(file -> file.getFileName().toString()).map(Hit::of).toList();
      }
    }

    void release(String name) throws IOException {
      Files.createFile(directory.resolve("go").resolve(name));
    }

    void clear() throws IOException {
      for (String name : List.of("armed", "hit", "go")) {
        try (var files = Files.list(directory.resolve(name))) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  /** A point that was reached, and by which process. */
  record Hit(String point, long pid) {
    static Hit of(String file) {
      int dot = file.lastIndexOf('.');
      return new Hit(file.substring(0, dot), Long.parseLong(file.substring(dot + 1)));
    }
  }
}
