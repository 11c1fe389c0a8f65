package com.freelync.control.api.security;

import com.freelync.control.identity.Permission;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Who may call a resource method. */
public sealed interface Access {
  /** Everyone, without a token. */
  record Open() implements Access {}

  /** Everyone with a valid token. */
  record Known() implements Access {}

  /** Who has one of the permissions. */
  record Permitted(List<Permission> anyOf) implements Access {}

  /**
   * Reads a method's annotation.
   *
   * @throws IllegalStateException unless it has exactly one: nothing is open by omission
   */
  static Access of(Method method) {
    List<Access> found = new ArrayList<>();
    List<Requires> requires = requires(method);
    requires.forEach(one -> found.add(new Permitted(List.of(one.value()))));
    if (method.isAnnotationPresent(AnyPerson.class)) {
      found.add(new Known());
    }
    if (method.isAnnotationPresent(PublicAccess.class)) {
      found.add(new Open());
    }
    if (found.size() != 1 || requires.stream().anyMatch(one -> one.value().length == 0)) {
      throw new IllegalStateException(
          method + " needs exactly one of @Requires(…), @AnyPerson and @PublicAccess");
    }
    return found.getFirst();
  }

  /** Its own, and those of the annotations that stand for one. */
  private static List<Requires> requires(Method method) {
    return Stream.concat(
            Stream.of(method),
            Arrays.stream(method.getAnnotations()).map(Annotation::annotationType))
        .map(place -> place.getAnnotation(Requires.class))
        .filter(Objects::nonNull)
        .toList();
  }
}
