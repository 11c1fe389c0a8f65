package com.freelync.control.api;

import com.freelync.control.ControlCenter;
import com.freelync.control.configuration.secret.SecretKeys;
import com.freelync.control.database.Database;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.sandbox.identity.TokenIssuer;
import io.dropwizard.core.Application;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The server as it is in production, once for all tests of this JVM: its own file, roles of a real
 * PostgreSQL, an issuer of tokens. Temporal is away all the time.
 */
final class TestApi {
  private static final Path SECRET_KEYS = secretKeys();
  private static final TestApi ONE = start();

  final TestDatabase database;
  final Marketplace marketplace;
  final TokenIssuer issuer;
  final URI address;
  final URI admin;
  private final DropwizardTestSupport<ApiConfiguration> server;
  private final Map<String, String> tokens = new java.util.concurrent.ConcurrentHashMap<>();

  private TestApi(
      TestDatabase database,
      TokenIssuer issuer,
      URI address,
      URI admin,
      DropwizardTestSupport<ApiConfiguration> server) {
    this.server = server;
    this.database = database;
    this.marketplace = new Marketplace(database);
    this.issuer = issuer;
    this.address = address;
    this.admin = admin;
  }

  static TestApi running() {
    return ONE;
  }

  /** A request without a token. */
  Call anonymous(String method, String path) {
    return Call.of(address, method, path);
  }

  /** A request of one of the sample people, who has all calls of every limit. */
  Call as(String person, String method, String path) {
    if (path.startsWith("/analytics") || path.startsWith("/admin/config")) {
      forgetCalls();
    }
    return counted(person, method, path);
  }

  /** A request of one of the sample people, which counts with those before it. */
  Call counted(String person, String method, String path) {
    return anonymous(method, path).token(token(person));
  }

  /** Tests ask more often than people may. */
  void forgetCalls() {
    database
        .as("control_owner")
        .transaction(tx -> tx.handle().execute("TRUNCATE control.call_window"));
  }

  String token(String person) {
    return tokens.computeIfAbsent(person, issuer::token);
  }

  /** They grow with every call, also with one that is refused, and are no state of the platform. */
  private static final Set<String> COUNTS_OF_CALLS = Set.of("call_window", "calculation");

  /** A digest of each table of the control center, but for the audit log's, which may grow. */
  Map<String, String> digest() {
    return database
        .as("control_owner")
        .read(
            handle -> {
              Map<String, String> digests = new TreeMap<>();
              for (String table :
                  handle
                      .select("SELECT tablename FROM pg_tables WHERE schemaname = 'control'")
                      .mapTo(String.class)
                      .list()) {
                if (!table.startsWith("audit_") && !COUNTS_OF_CALLS.contains(table)) {
                  digests.put(table, digest(handle, table));
                }
              }
              return digests;
            });
  }

  /**
   * The relay leases and repeats what it owes to Temporal, so those columns move by themselves; and
   * it drops the start of an execution that is over, seconds after a test has cancelled it.
   */
  private static String digest(org.jdbi.v3.core.Handle handle, String table) {
    boolean isOutbox = table.equals("outbox");
    String row = isOutbox ? "(id, topic, key, payload)::text" : "t::text";
    String rows =
        isOutbox
            ? " WHERE NOT EXISTS (SELECT 1 FROM control.workflow_execution e"
                + " WHERE e.id::text = t.key AND e.finished_at IS NOT NULL)"
            : "";
    return handle
        .select(
            "SELECT count(*) || ' ' || coalesce(md5(string_agg(%s, ',' ORDER BY %s)), '')"
                    .formatted(row, row)
                + " FROM control.\""
                + table
                + "\" t"
                + rows)
        .mapTo(String.class)
        .one();
  }

  /** The reason of the newest refused attempt of a person at an address. */
  Optional<String> refusal(String person, String path) {
    Database reader = database.as("control_owner");
    return reader.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT reason FROM control.audit_log
                     WHERE actor = :actor AND subject_id = :path AND outcome = 'REFUSED'
                     ORDER BY id DESC LIMIT 1
                    """)
                .bind("actor", person)
                .bind("path", path)
                .mapTo(String.class)
                .findOne());
  }

  private static Path secretKeys() {
    try {
      Path file = Files.createTempDirectory("secret-keys").resolve("keys.json");
      SecretKeys.create(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestApi start() {
    try {
      TestDatabase database = TestDatabase.create();
      ControlCenter.installSamples(database.as("control_owner"), Clock.systemUTC());
      TokenIssuer issuer = TokenIssuer.start(Files.createTempDirectory("issuer"), 0);
      return start(database, issuer, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another server over the same parts, with some of its surroundings changed. */
  TestApi butWith(Map<String, String> changes) {
    return start(database, issuer, changes);
  }

  /** Another server, over an empty database of its own that its caller closes. */
  static TestApi apart() {
    return start(TestDatabase.create(), ONE.issuer, Map.of());
  }

  private static TestApi start(
      TestDatabase database, TokenIssuer issuer, Map<String, String> changes) {
    int port = freePort();
    int adminPort = freePort();
    DatabaseSettings api = database.settings("control_api");
    DatabaseSettings dryRun = database.settings("control_dryrun");
    DatabaseSettings query = database.settings("control_query");
    Map<String, String> surroundings =
        new HashMap<>(
            Map.ofEntries(
                Map.entry("API_PORT", String.valueOf(port)),
                Map.entry("API_ADMIN_PORT", String.valueOf(adminPort)),
                Map.entry("DATABASE_URL", api.url()),
                Map.entry("DATABASE_USER", api.user()),
                Map.entry("DATABASE_PASSWORD", api.password()),
                Map.entry("DRY_RUN_DATABASE_USER", dryRun.user()),
                Map.entry("DRY_RUN_DATABASE_PASSWORD", dryRun.password()),
                Map.entry("QUERY_DATABASE_PASSWORD", query.password()),
                Map.entry("TEMPORAL_ADDRESS", "127.0.0.1:" + freePort()),
                Map.entry("OIDC_ISSUER", issuer.address().toString()),
                Map.entry("OIDC_JWKS_URI", issuer.jwksUri().toString()),
                Map.entry("SECRET_KEYS_FILE", SECRET_KEYS.toString()),
                Map.entry("LOG_LEVEL", "WARN")));
    surroundings.putAll(changes);
    DropwizardTestSupport<ApiConfiguration> server =
        new DropwizardTestSupport<>(ApiServer.class, "config/control-center.yml") {
          @Override
          public Application<ApiConfiguration> newApplication() {
            return new ApiServer(surroundings);
          }
        };
    try {
      server.before();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not start", e);
    }
    return new TestApi(
        database,
        issuer,
        URI.create("http://127.0.0.1:" + port),
        URI.create("http://127.0.0.1:" + adminPort),
        server);
  }

  /** Stops this server, as an operator would; what it is over stays. */
  void stop() {
    server.after();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
