package com.freelync.control.api.request;

import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.problem.FieldError;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Refuses query parameters that a method does not know: a misspelled filter is no filter. */
public final class KnownParameters implements DynamicFeature {
  @Override
  public void configure(ResourceInfo method, FeatureContext context) {
    Set<String> known = new TreeSet<>();
    for (Parameter parameter : method.getResourceMethod().getParameters()) {
      QueryParam query = parameter.getAnnotation(QueryParam.class);
      if (query != null) {
        known.add(query.value());
      }
    }
    context.register(new Check(known));
  }

  private record Check(Set<String> known) implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      if (request.getUriInfo().getRequestUri().getRawQuery() == null) {
        return;
      }
      List<FieldError> errors = new ArrayList<>();
      Map<String, List<String>> given = request.getUriInfo().getQueryParameters();
      given.forEach(
          (name, values) -> {
            if (!known.contains(name)) {
              errors.add(new FieldError(printable(name), "unknown", "known are " + known));
            } else if (values.size() > 1) {
              errors.add(new FieldError(name, "repeated", "give it once"));
            } else if (!Texts.isStorable(values.getFirst())) {
              errors.add(new FieldError(name, "text", Texts.RULE));
            }
          });
      if (!errors.isEmpty()) {
        throw new ProblemException(
            Problem.of(ProblemType.MALFORMED, "The query has parameters that are wrong.", errors),
            Map.of());
      }
    }

    private static String printable(String name) {
      return name.replaceAll("[^A-Za-z0-9_.-]", "?");
    }
  }
}
