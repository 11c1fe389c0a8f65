package com.freelync.control.api.security;

import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.request.RequestId;
import com.freelync.control.database.Ids;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets a request pass whose token is valid, and says whose it is. */
@Priority(Priorities.AUTHENTICATION)
final class Guard implements ContainerRequestFilter {
  private static final Pattern BEARER =
      Pattern.compile("Bearer +([A-Za-z0-9._~+/-]+=*) *", Pattern.CASE_INSENSITIVE);

  private final TokenVerifier tokens;

  Guard(TokenVerifier tokens) {
    this.tokens = tokens;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    TokenVerifier.Verdict.Valid token = authenticate(request);
    request.setProperty(
        Caller.PROPERTY,
        new Caller(
            token.person(),
            token.until(),
            Objects.requireNonNullElse(RequestId.current(), ""),
            Ids.timeOrdered()));
  }

  private TokenVerifier.Verdict.Valid authenticate(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      throw unauthenticated("Send a token: Authorization: Bearer …", null);
    }
    Matcher matcher = BEARER.matcher(header);
    if (!matcher.matches()) {
      throw unauthenticated("The Authorization header holds no bearer token.", "invalid_request");
    }
    return switch (tokens.verify(matcher.group(1))) {
      case TokenVerifier.Verdict.Valid valid -> valid;
      case TokenVerifier.Verdict.Refused refused -> {
        if (refused.subject() != null) {
          request.setProperty(RefusalAudit.SUBJECT, refused.subject());
        }
        throw unauthenticated(refused.reason(), "invalid_token");
      }
      case TokenVerifier.Verdict.Unknown unknown ->
          throw new ProblemException(
              Problem.of(
                  ProblemType.UNAVAILABLE,
                  "The identity provider's keys cannot be read now: try again in a moment."),
              Map.of("Retry-After", "5"));
    };
  }

  private static ProblemException unauthenticated(String reason, @Nullable String error) {
    String challenge =
        error == null
            ? "Bearer"
            : "Bearer error=\"" + error + "\", error_description=\"" + reason + "\"";
    return new ProblemException(
        Problem.of(ProblemType.UNAUTHENTICATED, reason),
        Map.of(HttpHeaders.WWW_AUTHENTICATE, challenge));
  }
}
