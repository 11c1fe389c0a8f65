package com.freelync.control.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.api.idempotency.IdempotencyFeature;
import com.freelync.control.api.idempotency.Purge;
import com.freelync.control.api.json.RecordBodyReader;
import com.freelync.control.api.limit.LimitFeature;
import com.freelync.control.api.metrics.RequestTimer;
import com.freelync.control.api.problem.ContainerErrors;
import com.freelync.control.api.problem.ProblemFeature;
import com.freelync.control.api.request.AddressCheck;
import com.freelync.control.api.request.BodyLimit;
import com.freelync.control.api.request.CallerBinding;
import com.freelync.control.api.request.ContentTypeCheck;
import com.freelync.control.api.request.Departures;
import com.freelync.control.api.request.KnownParameters;
import com.freelync.control.api.request.LingeringClose;
import com.freelync.control.api.request.ReadableRequest;
import com.freelync.control.api.request.RequestLogFilter;
import com.freelync.control.api.security.AccessFeature;
import com.freelync.control.api.security.Deputies;
import com.freelync.control.api.security.RefusalAudit;
import com.freelync.control.api.security.TokenVerifier;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.idempotency.IdempotentCalls;
import com.freelync.control.limit.CallLimits;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.glassfish.jersey.server.ServerProperties;

/** Registers what all resources share. */
final class Manners {
  private final Environment environment;
  private final ObjectMapper json;

  Manners(Environment environment) {
    this.environment = environment;
    this.json = environment.getObjectMapper();
  }

  /** Errors of the container and of Jersey are problem documents. */
  void problems(AbstractServerFactory server) {
    server.setRegisterDefaultExceptionMappers(false);
    ContainerErrors errors = new ContainerErrors(json);
    ServletContextHandler application = environment.getApplicationContext();
    application.setErrorHandler(errors);
    environment.lifecycle().addServerLifecycleListener(started -> started.setErrorHandler(errors));
    JerseyEnvironment jersey = environment.jersey();
    jersey.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    jersey.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
    jersey.register(new ProblemFeature());
  }

  void requests(long largestBodyBytes, MeterRegistry metrics) {
    environment
        .servlets()
        .addFilter("request-log", new RequestLogFilter())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    environment
        .servlets()
        .addFilter("readable", new ReadableRequest(json))
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    environment
        .servlets()
        .addFilter("lingering-close", new LingeringClose())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    environment.jersey().register(new BodyLimit(largestBodyBytes));
    environment.jersey().register(new AddressCheck());
    environment.jersey().register(new ContentTypeCheck());
    environment.jersey().register(new KnownParameters());
    environment.jersey().register(new RecordBodyReader(json));
    environment.jersey().register(new CallerBinding());
    environment.jersey().register(new RequestTimer(metrics));
  }

  void security(TokenVerifier tokens, Deputies deputies, AuditLog audit) {
    environment.jersey().register(new AccessFeature(tokens, deputies));
    environment.jersey().register(new RefusalAudit(audit));
  }

  /** Ends work whose client went away. */
  Departures departures() {
    Departures departures = new Departures();
    environment
        .servlets()
        .addFilter("departures", departures.filter())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    environment.lifecycle().manage(new AutoCloseableManager(departures));
    return departures;
  }

  void limits(CallLimits limits) {
    environment.jersey().register(new LimitFeature(limits));
  }

  void idempotency(IdempotentCalls calls) {
    environment.jersey().register(new IdempotencyFeature(calls));
    environment.lifecycle().manage(new Purge(calls));
  }
}
