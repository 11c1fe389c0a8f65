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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the calls of limited resources, right after it is known who calls: what is refused for
 * another reason counts too. The headers are those of the IETF's draft "RateLimit header fields for
 * HTTP" (draft-ietf-httpapi-ratelimit-headers-10), and the three that its older versions had.
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
                        seconds(counted.next()))),
            Map.of("Retry-After", String.valueOf(seconds(counted.next()))));
      }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      if (request.getProperty(COUNTED) instanceof Counted counted) {
        headers(counted).forEach((name, value) -> response.getHeaders().putSingle(name, value));
      }
    }

    private Map<String, String> headers(Counted counted) {
      Map<String, String> headers = new LinkedHashMap<>();
      long next = seconds(counted.next());
      headers.put(
          "RateLimit-Policy",
          "\"%s\";q=%d;w=%d".formatted(limit.name(), limit.most(), limit.window().toSeconds()));
      headers.put(
          "RateLimit", "\"%s\";r=%d;t=%d".formatted(limit.name(), counted.remaining(), next));
      headers.put("RateLimit-Limit", String.valueOf(limit.most()));
      headers.put("RateLimit-Remaining", String.valueOf(counted.remaining()));
      headers.put("RateLimit-Reset", String.valueOf(next));
      return headers;
    }

    /** Rounded up: who waits so long finds room. */
    private static long seconds(Duration duration) {
      return Math.max(1, (duration.toMillis() + 999) / 1_000);
    }
  }
}
