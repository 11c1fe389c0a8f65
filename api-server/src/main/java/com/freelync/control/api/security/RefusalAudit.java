package com.freelync.control.api.security;

import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.api.request.Caller;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Failures;
import com.freelync.control.text.Excerpt;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Map;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records attempts that were refused: without permission, with a dead token, against the rules. */
public final class RefusalAudit implements ContainerResponseFilter {
  /** The property that names whose token was refused. */
  static final String SUBJECT = RefusalAudit.class.getName();

  private static final Logger log = LoggerFactory.getLogger(RefusalAudit.class);
  private static final int LONGEST_PATH = 300;
  private final AuditLog audit;

  public RefusalAudit(AuditLog audit) {
    this.audit = audit;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    int status = response.getStatus();
    String subject = subject(request);
    if ((status != 401 && status != 403 && status != 409)
        || subject == null
        || !(response.getEntity() instanceof Problem problem)
        || problem.isAudited()
        || problem.type().equals(ProblemType.CALL_IN_FLIGHT.path())) {
      return;
    }
    try {
      audit.recordRefusal(
          new AuditEntry(
              subject,
              request.getMethod() + " " + route(request),
              "address",
              "/" + Excerpt.of(request.getUriInfo().getPath(), LONGEST_PATH),
              AuditEntry.Outcome.REFUSED,
              problem.detail(),
              Map.of("status", status),
              problem.requestId()));
    } catch (JdbiException e) {
      log.error("a refused attempt of {} could not be recorded: {}", subject, Failures.describe(e));
    }
  }

  private static @Nullable String subject(ContainerRequestContext request) {
    return request.getProperty(Caller.PROPERTY) instanceof Caller caller
        ? caller.person().subject()
        : (String) request.getProperty(SUBJECT);
  }

  private static String route(ContainerRequestContext request) {
    StringBuilder route = new StringBuilder();
    ((ExtendedUriInfo) request.getUriInfo())
        .getMatchedTemplates()
        .forEach(template -> route.insert(0, template.getTemplate()));
    return route.toString();
  }
}
