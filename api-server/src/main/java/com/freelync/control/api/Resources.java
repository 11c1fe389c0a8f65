package com.freelync.control.api;

import io.dropwizard.jersey.setup.JerseyEnvironment;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The resource classes that are registered. */
final class Resources {
  private Resources() {}

  static Set<Class<?>> of(JerseyEnvironment jersey) {
    return jersey.getResourceConfig().getInstances().stream()
        .<Class<?>>map(Object::getClass)
        .filter(type -> type.isAnnotationPresent(Path.class))
        .sorted(Comparator.comparing(Class::getName))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
