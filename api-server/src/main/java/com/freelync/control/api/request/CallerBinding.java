package com.freelync.control.api.request;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.function.Supplier;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.process.internal.RequestScoped;
import org.jspecify.annotations.Nullable;

/** Lets a resource method take {@code @Context Caller}. */
public final class CallerBinding extends AbstractBinder {
  @Override
  protected void configure() {
    bindFactory(Source.class).to(Caller.class).in(RequestScoped.class);
  }

  private static final class Source implements Supplier<@Nullable Caller> {
    private final ContainerRequestContext request;

    @Inject
    Source(ContainerRequestContext request) {
      this.request = request;
    }

    @Override
    public @Nullable Caller get() {
      return (Caller) request.getProperty(Caller.PROPERTY);
    }
  }
}
