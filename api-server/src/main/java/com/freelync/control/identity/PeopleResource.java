package com.freelync.control.identity;

import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.security.Requires;
import com.freelync.control.approval.Role;
import com.freelync.control.database.Cursor;
import com.freelync.control.identity.DelegatesResource.Delegate;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The directory of people, without their addresses. */
@Path("/admin/people")
@Produces(MediaType.APPLICATION_JSON)
public final class PeopleResource {
  private final Directory directory;

  public PeopleResource(Directory directory) {
    this.directory = directory;
  }

  /** People. */
  @GET
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE,
    Permission.CONFIG_MANAGE,
    Permission.CONFIG_APPROVE,
    Permission.CONFIG_REVEAL
  })
  @Operation(summary = "Lists people with their roles and who may approve in their stead")
  public Page<PersonView> listPeople(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    return Page.of(
        directory.list(page.after(), page.rows()),
        page,
        listed -> new Cursor(listed.createdAt(), listed.id()),
        PersonView::of);
  }

  /** A person as others see them. */
  public record PersonView(
      String subject, String name, List<String> roles, List<Delegate> delegates) {
    static PersonView of(Directory.Listed listed) {
      return new PersonView(
          listed.person().subject(),
          listed.person().displayName(),
          listed.person().roles().stream().map(Role::name).toList(),
          listed.delegates().stream().map(Delegate::of).toList());
    }
  }
}
