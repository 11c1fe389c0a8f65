package com.freelync.control.api.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.glassfish.jersey.uri.UriTemplate;
import org.jspecify.annotations.Nullable;

/** Times requests by method, route template and status; unknown paths share one route. */
public final class RequestTimer implements ApplicationEventListener {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Duration[] BUCKETS =
      IntStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

  public RequestTimer(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void onEvent(ApplicationEvent event) {}

  @Override
  public RequestEventListener onRequest(RequestEvent begun) {
    Timer.Sample sample = Timer.start(registry);
    return event -> {
      if (event.getType() == RequestEvent.Type.FINISHED) {
        int status =
            event.getContainerResponse() == null ? 500 : event.getContainerResponse().getStatus();
        ExtendedUriInfo address = event.getUriInfo();
        Series series =
            new Series(
                method(event.getContainerRequest().getMethod()),
                address.getMatchedResourceMethod(),
                status);
        // Looking a series up in the registry costs as much as a small answer.
        Timer known = timers.get(series);
        sample.stop(known != null ? known : timer(series, route(address.getMatchedTemplates())));
      }
    };
  }

  /**
   * Requests that are counted together.
   *
   * @param matched null where nothing matched, or something by its path alone
   */
  private record Series(String method, @Nullable ResourceMethod matched, int status) {
    /** A method of a resource is compared by identity, and seldom has two words. */
    @Override
    public int hashCode() {
      return System.identityHashCode(matched) * 31 + status;
    }
  }

  /** Of what did not match there are several routes: those are not remembered. */
  private Timer timer(Series series, String route) {
    Timer timer = registered(series, route);
    if (series.matched() != null) {
      timers.put(series, timer);
    }
    return timer;
  }

  private Timer registered(Series series, String route) {
    return Timer.builder("http.server.requests")
        .description("Requests by route")
        .tag("method", series.method())
        .tag("route", route)
        .tag("status", String.valueOf(series.status()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  /** Anyone may send any word as a method; only the known ones become series of their own. */
  private static String method(String word) {
    return METHODS.contains(word) ? word : "other";
  }

  private static String route(List<UriTemplate> templates) {
    StringBuilder route = new StringBuilder();
    templates.forEach(template -> route.insert(0, template.getTemplate()));
    return route.isEmpty() ? "unknown" : route.toString().replaceAll("/+", "/");
  }
}
