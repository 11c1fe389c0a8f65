package com.freelync.control.api.security;

import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.api.request.Caller;
import com.freelync.control.identity.Permission;
import com.freelync.control.identity.Person;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets a request pass whose person has one of the permissions, or stands in for who has. */
@Priority(Priorities.AUTHORIZATION)
final class Permit implements ContainerRequestFilter {
  private final Deputies deputies;
  private final Access.Permitted permitted;

  Permit(Deputies deputies, Access.Permitted permitted) {
    this.deputies = deputies;
    this.permitted = permitted;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Caller caller =
        (Caller)
            Objects.requireNonNull(
                request.getProperty(Caller.PROPERTY), "the guard stands before the permit");
    Person person = caller.person();
    if (!person.mayAnyOf(permitted.anyOf().toArray(Permission[]::new))
        && !deputies.gives(person.subject(), Set.copyOf(permitted.anyOf()))) {
      String names =
          permitted.anyOf().stream().map(Permission::wireName).collect(Collectors.joining(" or "));
      throw new ProblemException(
          Problem.of(ProblemType.FORBIDDEN, "This needs the permission " + names + "."),
          Map.of(
              HttpHeaders.WWW_AUTHENTICATE,
              "Bearer error=\"insufficient_scope\", scope=\"" + names.replace(" or ", " ") + "\""));
    }
  }
}
