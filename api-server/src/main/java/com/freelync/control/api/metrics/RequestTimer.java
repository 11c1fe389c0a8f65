package com.freelync.control.api.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;

/** Times requests by method, route template and status; unknown paths share one route. */
public final class RequestTimer implements ApplicationEventListener {
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
                .tag("method", event.getContainerRequest().getMethod())
                .tag("route", route(event.getUriInfo()))
                .tag("status", String.valueOf(status))
                .publishPercentileHistogram()
                .register(registry));
      }
    };
  }

  private static String route(ExtendedUriInfo uri) {
    StringBuilder route = new StringBuilder();
    uri.getMatchedTemplates().forEach(template -> route.insert(0, template.getTemplate()));
    return route.isEmpty() ? "unknown" : route.toString().replaceAll("/+", "/");
  }
}
