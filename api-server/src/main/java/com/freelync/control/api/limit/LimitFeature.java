package com.freelync.control.api.limit;

import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.api.request.Caller;
import com.freelync.control.limit.CallLimit;
import com.freelync.control.limit.CallLimits;
import com.freelync.control.limit.CallLimits.Counted;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Map;

/**
 * Counts the calls of limited resources, right after it is known who calls: what is refused for
 * another reason counts too.
 */
public final class LimitFeature implements DynamicFeature {
  private final CallLimits limits;

  public LimitFeature(CallLimits limits) {
    this.limits = limits;
  }

  @Override
  public void configure(ResourceInfo method, FeatureContext context) {
    Limited limited = method.getResourceClass().getAnnotation(Limited.class);
    if (limited != null) {
      context.register(new Counter(limits, limited.value().limit()));
    }
  }

  /** After authentication, before permissions. */
  @Priority(Priorities.AUTHENTICATION + 100)
  private record Counter(CallLimits limits, CallLimit limit)
      implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String COUNTED = Counter.class.getName();

    @Override
    public void filter(ContainerRequestContext request) {
      if (!(request.getProperty(Caller.PROPERTY) instanceof Caller caller)) {
        return;
      }
      Counted counted = limits.count(limit, caller.person().subject());
      request.setProperty(COUNTED, counted);
      if (!counted.admitted()) {
        throw new ProblemException(
            Problem.of(
                ProblemType.TOO_MANY_REQUESTS,
                "Each person has %d calls of %s in any %d seconds; the next place is free in %d s."
                    .formatted(
                        limit.most(),
                        limit.name(),
                        limit.window().toSeconds(),
                        RateLimitHeaders.seconds(counted.next()))),
            Map.of("Retry-After", String.valueOf(RateLimitHeaders.seconds(counted.next()))));
      }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      if (request.getProperty(COUNTED) instanceof Counted counted) {
        RateLimitHeaders.of(limit, counted)
            .forEach((name, value) -> response.getHeaders().putSingle(name, value));
      }
    }
  }
}
