package com.freelync.control.api.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;

/** Times requests by method, route template and status; unknown paths share one route. */
public final class RequestTimer implements ApplicationEventListener {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Duration[] BUCKETS =
      IntStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;

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
        sample.stop(
            Timer.builder("http.server.requests")
                .description("Requests by route")
                .tag("method", method(event.getContainerRequest().getMethod()))
                .tag("route", route(event.getUriInfo()))
                .tag("status", String.valueOf(status))
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
      }
    };
  }

  /** Anyone may send any word as a method; only the known ones become series of their own. */
  private static String method(String word) {
    return METHODS.contains(word) ? word : "other";
  }

  private static String route(ExtendedUriInfo uri) {
    StringBuilder route = new StringBuilder();
    uri.getMatchedTemplates().forEach(template -> route.insert(0, template.getTemplate()));
    return route.isEmpty() ? "unknown" : route.toString().replaceAll("/+", "/");
  }
}
