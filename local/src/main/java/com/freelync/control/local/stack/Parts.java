package com.freelync.control.local.stack;

import com.freelync.control.local.stack.Ports.Address;
import com.freelync.control.sandbox.postgres.SandboxPostgres;
import com.freelync.control.sandbox.process.Forks;
import com.freelync.control.sandbox.temporal.TemporalDevServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each part is started, and with what of its surroundings. */
final class Parts {
  private final Layout layout;
  private final Ports ports;
  private final TemporalAddress temporal;
  private final Forks forks;
  private volatile @Nullable SandboxPostgres postgres;

  Parts(Layout layout, Ports ports, TemporalAddress temporal, Forks forks) {
    this.layout = layout;
    this.ports = ports;
    this.temporal = temporal;
    this.forks = forks;
  }

  /** The database server, once it was started. */
  SandboxPostgres postgres() {
    SandboxPostgres started = postgres;
    if (started == null) {
      throw new IllegalStateException("PostgreSQL was not started yet");
    }
    return started;
  }

  Running startPostgres(KeptPart part) throws PartFailed {
    SandboxPostgres started =
        SandboxPostgres.start(layout.postgres(), ports.of(Address.POSTGRES), forks);
    if (started.port() != ports.of(Address.POSTGRES)) {
      started.close();
      throw new PartFailed(part.name(), "lost its port to another program");
    }
    postgres = started;
    return new Running(handle(part, started.pid()), null, started::close);
  }

  Running startTemporal(KeptPart part) throws PartFailed {
    TemporalDevServer started =
        TemporalDevServer.start(
            layout.temporal(), ports.of(Address.TEMPORAL), ports.of(Address.TEMPORAL_UI), forks);
    if (!started.address().endsWith(":" + ports.of(Address.TEMPORAL))) {
      started.close();
      throw new PartFailed(part.name(), "lost its port to another program");
    }
    return new Running(
        handle(part, started.pid()), URI.create(started.uiAddress()), started::close);
  }

  Running startSandbox(KeptPart part) throws PartFailed {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("DATABASE_URL", postgres().jdbcUrl(SandboxPostgres.DATABASE));
    environment.put("MARKETPLACE_DATABASE_PASSWORD", postgres().password("marketplace_app"));
    environment.put("GATEWAY_DATABASE_PASSWORD", postgres().password("gateway"));
    environment.put("GATEWAY_API_KEY", Home.gatewayKey(layout));
    environment.put("API_URL", ports.url(Address.API));
    environment.put("MARKETPLACE_PORT", Integer.toString(ports.of(Address.MARKETPLACE)));
    environment.put("GATEWAY_PORT", Integer.toString(ports.of(Address.GATEWAY)));
    environment.put("ISSUER_PORT", Integer.toString(ports.of(Address.ISSUER)));
    environment.put("MAIL_PORT", Integer.toString(ports.of(Address.MAIL)));
    environment.put("SMTP_PORT", Integer.toString(ports.of(Address.MAIL_SMTP)));
    return new JavaProgram(
            part.name(),
            layout.jar("sandbox"),
            List.of("serve", "--state", layout.issuer().toString()),
            128,
            environment,
            URI.create(ports.url(Address.ISSUER) + "/.well-known/openid-configuration"))
        .start(layout, part, forks);
  }

  Running startApi(KeptPart part) throws PartFailed {
    Map<String, String> environment = common("control_api");
    environment.put("API_PORT", Integer.toString(ports.of(Address.API)));
    environment.put("PEOPLE_FILE", layout.people().toString());
    environment.put("SECRET_KEYS_FILE", Home.secretKeys(layout).toString());
    environment.put("API_ADMIN_PORT", Integer.toString(ports.of(Address.API_ADMIN)));
    environment.put("DRY_RUN_DATABASE_USER", "control_dryrun");
    environment.put("DRY_RUN_DATABASE_PASSWORD", postgres().password("control_dryrun"));
    environment.put("QUERY_DATABASE_USER", "control_query");
    environment.put("QUERY_DATABASE_PASSWORD", postgres().password("control_query"));
    environment.put("OIDC_ISSUER", ports.url(Address.ISSUER));
    environment.put("OIDC_AUDIENCE", "control-center");
    environment.put("OIDC_JWKS_URI", ports.url(Address.ISSUER) + "/jwks.json");
    return new JavaProgram(
            part.name(),
            layout.jar("api-server"),
            List.of("server", layout.config("api-server").toString()),
            192,
            environment,
            URI.create(ports.url(Address.API_ADMIN) + "/health/ready"))
        .start(layout, part, forks);
  }

  Running startWorkers(KeptPart part) throws PartFailed {
    Map<String, String> environment = common("control_worker");
    environment.put("WORKER_ADMIN_PORT", Integer.toString(ports.of(Address.WORKER_ADMIN)));
    environment.put("GATEWAY_URL", ports.url(Address.GATEWAY));
    environment.put("GATEWAY_API_KEY", Home.gatewayKey(layout));
    environment.put("MAIL_SMTP_HOST", "127.0.0.1");
    environment.put("MAIL_SMTP_PORT", Integer.toString(ports.of(Address.MAIL_SMTP)));
    environment.put("MAIL_SMTP_TLS", "none");
    environment.put("PUBLIC_URL", ports.url(Address.API));
    environment.put("SECRET_KEYS_FILE", Home.secretKeys(layout).toString());
    return new JavaProgram(
            part.name(),
            layout.jar("workers"),
            List.of(layout.config("workers").toString()),
            192,
            environment,
            URI.create(ports.url(Address.WORKER_ADMIN) + "/health/ready"))
        .start(layout, part, forks);
  }

  /** What API and workers are both told; each logs in as its own role. */
  private Map<String, String> common(String role) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("DATABASE_URL", postgres().jdbcUrl(SandboxPostgres.DATABASE));
    environment.put("DATABASE_USER", role);
    environment.put("DATABASE_PASSWORD", postgres().password(role));
    environment.put("TEMPORAL_ADDRESS", temporal.address());
    environment.put("TEMPORAL_NAMESPACE", temporal.namespace());
    environment.put("TEMPORAL_UI_ADDRESS", temporal.uiAddress());
    return environment;
  }

  private static ProcessHandle handle(KeptPart part, long pid) throws PartFailed {
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new PartFailed(part.name(), "ended as soon as it was ready"));
  }
}
