package com.freelync.control.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.ControlCenter;
import com.freelync.control.alert.AlertResource;
import com.freelync.control.alert.AlertRuleResource;
import com.freelync.control.analytics.Analytics;
import com.freelync.control.analytics.AnalyticsResource;
import com.freelync.control.analytics.CalculationLog;
import com.freelync.control.analytics.CalculationMetrics;
import com.freelync.control.analytics.OverviewQuery;
import com.freelync.control.analytics.SnapshotResource;
import com.freelync.control.analytics.VerificationResource;
import com.freelync.control.api.health.Component;
import com.freelync.control.api.health.ComponentCheck;
import com.freelync.control.api.health.Health;
import com.freelync.control.api.health.LiveServlet;
import com.freelync.control.api.health.ReadyServlet;
import com.freelync.control.api.json.ApiJson;
import com.freelync.control.api.metrics.MetricsServlet;
import com.freelync.control.api.openapi.OpenApiDocument;
import com.freelync.control.api.openapi.OpenApiResource;
import com.freelync.control.api.security.IssuerKeys;
import com.freelync.control.api.security.TokenVerifier;
import com.freelync.control.api.table.TableWriter;
import com.freelync.control.approval.ApprovalResource;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.audit.AuditResource;
import com.freelync.control.automation.AutomationResource;
import com.freelync.control.automation.BacktestResource;
import com.freelync.control.automation.BacktestStartResource;
import com.freelync.control.automation.BulkResource;
import com.freelync.control.automation.CatalogResource;
import com.freelync.control.automation.DryRunResource;
import com.freelync.control.automation.DryRuns;
import com.freelync.control.automation.ExecutionMetrics;
import com.freelync.control.automation.ExecutionResource;
import com.freelync.control.automation.ExecutionStream;
import com.freelync.control.automation.ExecutionStreamResource;
import com.freelync.control.automation.LiveExecutions;
import com.freelync.control.automation.RunResource;
import com.freelync.control.automation.SafeguardResource;
import com.freelync.control.automation.SchemaResource;
import com.freelync.control.configuration.ConfigurationResource;
import com.freelync.control.configuration.DecisionResource;
import com.freelync.control.configuration.FreezeWindowResource;
import com.freelync.control.configuration.KeysetVault;
import com.freelync.control.configuration.LiveSettings;
import com.freelync.control.configuration.RuleResource;
import com.freelync.control.configuration.SecretVault;
import com.freelync.control.configuration.SecretsCommand;
import com.freelync.control.configuration.SettingReadResource;
import com.freelync.control.configuration.SettingStream;
import com.freelync.control.configuration.secret.SecretKeys;
import com.freelync.control.configuration.secret.Secrets;
import com.freelync.control.dashboard.DashboardResource;
import com.freelync.control.database.Database;
import com.freelync.control.database.Database.Patience;
import com.freelync.control.database.Ids;
import com.freelync.control.event.EventResource;
import com.freelync.control.idempotency.IdempotentCalls;
import com.freelync.control.identity.DelegatesResource;
import com.freelync.control.identity.DirectoryStart;
import com.freelync.control.identity.MeResource;
import com.freelync.control.identity.PeopleResource;
import com.freelync.control.limit.CallLimits;
import com.freelync.control.metrics.ProcessMetrics;
import com.freelync.control.notification.InboxResource;
import com.freelync.control.outbox.Dispatch;
import com.freelync.control.payout.PayoutModule;
import com.freelync.control.payout.ReconciliationResource;
import com.freelync.control.report.ArtifactResource;
import com.freelync.control.task.TaskResource;
import com.freelync.control.temporal.TemporalConnection;
import com.freelync.control.temporal.TemporalSettings;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.core.Application;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.text.StringSubstitutor;

/** The HTTP process of the control center. */
public final class ApiServer extends Application<ApiConfiguration> {
  private final Map<String, String> surroundings;

  /**
   * Makes the server.
   *
   * @param surroundings the environment variables that its file may name
   */
  public ApiServer(Map<String, String> surroundings) {
    this.surroundings = Map.copyOf(surroundings);
  }

  /** Starts it: {@code server config/control-center.yml}. */
  public static void main(String[] arguments) throws Exception {
    new ApiServer(System.getenv()).run(arguments);
  }

  @Override
  public String getName() {
    return "control-center-api";
  }

  @Override
  public void initialize(Bootstrap<ApiConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(),
            new StringSubstitutor(surroundings).setEnableUndefinedVariableException(true)));
    // The file is read in Dropwizard's words, requests in the interface's.
    bootstrap.setConfigurationFactoryFactory(
        (type, validator, ignored, prefix) ->
            new YamlConfigurationFactory<>(type, validator, Jackson.newObjectMapper(), prefix));
    bootstrap.setObjectMapper(ApiJson.mapper());
    bootstrap.addCommand(new MigrateCommand());
    bootstrap.addCommand(new SecretsCommand());
  }

  @Override
  public void run(ApiConfiguration configuration, Environment environment) {
    Clock clock = Clock.systemUTC();
    PrometheusMeterRegistry metrics = ProcessMetrics.registry();
    Database database =
        Database.open(configuration.database(), "control-api", Patience.OF_REQUESTS);
    environment.lifecycle().manage(new AutoCloseableManager(database));
    AuditLog audit = new AuditLog(database, clock);
    JWKSource<SecurityContext> keys = IssuerKeys.at(configuration.tokens().jwksUri());

    Manners manners = new Manners(environment);
    manners.problems((AbstractServerFactory) configuration.getServerFactory());
    manners.requests(configuration.largestBodyBytes(), metrics);
    CalculationLog calculations = new CalculationLog(database, clock);
    Database questions =
        Database.open(configuration.queryDatabase(), "control-query", Patience.OF_QUESTIONS);
    environment.lifecycle().manage(new AutoCloseableManager(questions));
    ControlCenter control =
        new ControlCenter(
            database,
            clock,
            new Analytics(
                questions, calculations.and(CalculationMetrics.in(metrics)), manners.departures()),
            vault(configuration));
    calculations.start(control.alerts);
    environment.lifecycle().manage(new AutoCloseableManager(calculations));
    manners.security(
        new TokenVerifier(configuration.tokens(), keys, clock),
        new LentPermissions(control.directory, control.approvalList),
        audit);
    manners.limits(new CallLimits(database));
    manners.idempotency(new IdempotentCalls(database, clock, Ids.timeOrdered()));

    TemporalSettings temporal = configuration.temporal().settings();
    TemporalConnection connection =
        TemporalConnection.open(temporal, ProcessMetrics.temporalScope(metrics));
    environment.lifecycle().manage(new AutoCloseableManager(connection));
    Database readOnly =
        Database.open(configuration.dryRunDatabase(), "control-dryrun", Patience.OF_REQUESTS);
    environment.lifecycle().manage(new AutoCloseableManager(readOnly));
    DirectoryStart directory = DirectoryStart.of(configuration.peopleFile(), control.directorySync);
    environment.lifecycle().manage(directory);
    ProcessMetrics.watch(metrics, control);
    control.executionEnds.onEnd(ExecutionMetrics.in(metrics));
    ProcessMetrics.serviceLevels(metrics, control.serviceLevels);
    environment
        .lifecycle()
        .manage(new AutoCloseableManager(Dispatch.start(control, connection.client())));
    LiveSettings settings = LiveSettings.start(database);
    environment.lifecycle().manage(new AutoCloseableManager(settings));
    SettingStream stream = new SettingStream(settings, clock);
    LiveExecutions executions = LiveExecutions.start(database);
    environment.lifecycle().manage(new AutoCloseableManager(executions));
    ExecutionStream runs =
        new ExecutionStream(
            executions, control.executions, temporal, environment.getObjectMapper(), clock);
    ProcessMetrics.gauge(
        metrics, "control_execution_stream_readers", runs, ExecutionStream::readers);
    environment.lifecycle().addEventListener(new Farewell(List.of(stream::close, runs::close)));
    ProcessMetrics.gauge(metrics, "control_config_stream_readers", stream, SettingStream::readers);
    resources(
        environment.jersey(),
        control,
        database,
        readOnly,
        temporal,
        List.of(new SettingReadResource(settings, stream), new ExecutionStreamResource(runs)),
        environment.getObjectMapper());

    environment.lifecycle().manage(new Rehearsal(control.events));

    admin(
        environment,
        metrics,
        List.of(
            databaseProbe(database),
            new Component("directory", true, directory::requireDone),
            keysProbe(keys),
            temporalProbe(connection)));
  }

  private static SecretVault vault(ApiConfiguration configuration) {
    return configuration
        .secretKeysFile()
        .<SecretVault>map(file -> new KeysetVault(new Secrets(SecretKeys.open(file))))
        .orElse(SecretVault.NONE);
  }

  private static void resources(
      JerseyEnvironment jersey,
      ControlCenter control,
      Database database,
      Database readOnly,
      TemporalSettings temporal,
      List<Object> streams,
      ObjectMapper json) {
    List<Object> resources = new ArrayList<>(streams);
    resources.addAll(
        List.of(
            new MeResource(),
            new DelegatesResource(control.delegations),
            new PeopleResource(control.directory),
            new InboxResource(control.inbox),
            new AnalyticsResource(control.analytics, Clock.systemUTC()),
            new SnapshotResource(control.snapshots),
            new VerificationResource(database, control.rebuilds, temporal),
            new DashboardResource(new OverviewQuery(control.analytics, Clock.systemUTC()), control),
            new EventResource(control.events, json),
            new AutomationResource(control.automations),
            new RunResource(control.executions, control.automations, temporal),
            new ExecutionResource(control.executions, temporal),
            new ApprovalResource(control.approvalList, control.approvals.delegations, temporal),
            new DryRunResource(
                new DryRuns(readOnly, control.catalog, Clock.systemUTC()), control.events),
            new CatalogResource(control.catalog),
            new SchemaResource(control.catalog),
            new BacktestStartResource(control.backtests, temporal),
            new BacktestResource(control.backtests, temporal),
            new SafeguardResource(control.safeguards, control.turns),
            new ArtifactResource(control.actions.artifacts),
            new TaskResource(control.tasks.tasks, Clock.systemUTC()),
            PayoutModule.resource(control, temporal),
            new ReconciliationResource(control.reconciliations, temporal, Clock.systemUTC()),
            new AlertResource(control.alerts, control.alertList, Clock.systemUTC()),
            new AlertRuleResource(control.alertRules),
            new ConfigurationResource(control.configuration, temporal),
            new DecisionResource(control.configuration, temporal),
            new RuleResource(control.configuration, temporal),
            new FreezeWindowResource(control.configuration.freezeWindows),
            new BulkResource(control.bulks),
            new AuditResource(control.trail, control.exports)));
    resources.forEach(jersey::register);
    jersey.register(new TableWriter());
    Set<Class<?>> described =
        resources.stream().map(Object::getClass).collect(Collectors.toUnmodifiableSet());
    jersey.register(new OpenApiResource(new OpenApiDocument(json, described)));
  }

  private static void admin(
      Environment environment, PrometheusMeterRegistry metrics, List<Component> components) {
    Health health = new Health(components);
    components.forEach(
        component ->
            environment.healthChecks().register(component.name(), new ComponentCheck(component)));
    serve(environment, "/health/live", new LiveServlet());
    serve(environment, "/health/ready", new ReadyServlet(health, environment.getObjectMapper()));
    serve(environment, "/metrics", new MetricsServlet(metrics));
  }

  private static void serve(Environment environment, String path, HttpServlet servlet) {
    environment.admin().addServlet(path, servlet).addMapping(path);
  }

  private static Component databaseProbe(Database database) {
    return new Component(
        "database",
        true,
        () -> database.read(handle -> handle.select("SELECT 1").mapTo(Integer.class).one()));
  }

  /** Events are accepted while Temporal is away, so the process serves without it. */
  private static Component temporalProbe(TemporalConnection connection) {
    return new Component(
        "temporal",
        false,
        () -> {
          if (!connection.isHealthy()) {
            throw new IllegalStateException("Temporal does not answer");
          }
        });
  }

  private static Component keysProbe(JWKSource<SecurityContext> keys) {
    JWKSelector any = new JWKSelector(new JWKMatcher.Builder().build());
    return new Component("jwks", false, () -> keys.get(any, null));
  }
}
