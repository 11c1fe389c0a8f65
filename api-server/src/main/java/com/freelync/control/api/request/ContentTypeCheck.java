package com.freelync.control.api.request;

import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the Content-Type of what is sent to a method that takes a body: without one, any reader
 * of a body would match. Where a body may be absent ({@code @Nullable}), nothing needs no name.
 */
public final class ContentTypeCheck implements DynamicFeature {
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final Set<Class<? extends Annotation>> NO_BODY =
      Set.of(Context.class, HeaderParam.class, PathParam.class, QueryParam.class);

  @Override
  public void configure(ResourceInfo method, FeatureContext context) {
    Arrays.stream(method.getResourceMethod().getParameters())
        .filter(parameter -> !isNoBody(parameter))
        .findFirst()
        .ifPresent(
            body ->
                context.register(
                    new Check(body.getAnnotatedType().isAnnotationPresent(Nullable.class)),
                    Priorities.HEADER_DECORATOR));
  }

  private static boolean isNoBody(Parameter parameter) {
    return NO_BODY.stream().anyMatch(parameter::isAnnotationPresent);
  }

  private record Check(boolean mayBeAbsent) implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      if (!WITH_BODY.contains(request.getMethod()) || request.getMediaType() != null) {
        return;
      }
      if (request.hasEntity() || !mayBeAbsent) {
        throw new ProblemException(
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            "Name the Content-Type of the body, such as application/json.");
      }
      // Nothing was sent, which needs no name: it is read as a body without any field.
      request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }
  }
}
