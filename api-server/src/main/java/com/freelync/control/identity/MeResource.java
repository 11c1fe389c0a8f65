package com.freelync.control.identity;

import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.AnyPerson;
import com.freelync.control.approval.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells callers who they are here and what they may do. */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
public final class MeResource {
  /** The caller. */
  @GET
  @AnyPerson
  @Operation(summary = "Who you are, your roles and your permissions")
  public Me me(@Parameter(hidden = true) @Context Caller caller) {
    Person person = caller.person();
    return new Me(
        person.subject(),
        person.displayName(),
        person.roles().stream().map(Role::name).sorted().toList(),
        person.permissions().stream().map(Permission::wireName).sorted().toList());
  }

  /** A person as they see themselves. */
  public record Me(
      String person, @Nullable String name, List<String> roles, List<String> permissions) {}
}
