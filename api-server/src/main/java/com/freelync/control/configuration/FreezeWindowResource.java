package com.freelync.control.configuration;

import com.freelync.control.api.links.Links;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.database.Cursor;
import com.freelync.control.identity.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Times in which nothing is activated but rollbacks. */
@Path("/admin/freeze-windows")
@Produces(MediaType.APPLICATION_JSON)
public final class FreezeWindowResource {
  private final FreezeWindows windows;

  public FreezeWindowResource(FreezeWindows windows) {
    this.windows = windows;
  }

  /** A window to be. */
  public record FreezeRequest(Instant beginsAt, Instant endsAt, String reason) {}

  /** Why a window ends early. */
  public record UnfreezeRequest(String reason) {}

  /** A window. */
  public record FreezeWindowView(
      UUID id,
      Instant beginsAt,
      Instant endsAt,
      String reason,
      String createdBy,
      Instant createdAt,
      @Nullable String cancelledBy,
      @Nullable Instant cancelledAt,
      Links links) {
    static FreezeWindowView of(FreezeWindow window) {
      return new FreezeWindowView(
          window.id(),
          window.beginsAt(),
          window.endsAt(),
          window.reason(),
          window.createdBy(),
          window.createdAt(),
          window.cancelledBy(),
          window.cancelledAt(),
          Links.self("/admin/freeze-windows/" + window.id()));
    }
  }

  /** Windows. */
  @GET
  @SeesSettings
  @Operation(summary = "Lists freeze windows, the newest first")
  public Page<FreezeWindowView> listFreezeWindows(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    return Page.of(
        windows.list(page.after(), page.rows()),
        page,
        window -> new Cursor(window.createdAt(), window.id()),
        FreezeWindowView::of);
  }

  /** Makes a window. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_MANAGE)
  @Operation(
      summary = "Freezes settings for a time: nothing is activated in it but rollbacks",
      responses =
          @ApiResponse(
              responseCode = "201",
              content = @Content(schema = @Schema(implementation = FreezeWindowView.class))))
  public Response createFreezeWindow(
      FreezeRequest body, @Parameter(hidden = true) @Context Caller caller) {
    FreezeWindowView view =
        FreezeWindowView.of(
            windows.create(
                caller.newId(), body.beginsAt(), body.endsAt(), body.reason(), caller.actor()));
    return Response.created(URI.create(view.links().self())).entity(view).build();
  }

  /** Ends a window. */
  @POST
  @Path("/{id}/cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_MANAGE)
  @Operation(summary = "Ends a freeze window before its time: what it held becomes active")
  public FreezeWindowView cancelFreezeWindow(
      @PathParam("id") String id,
      UnfreezeRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return FreezeWindowView.of(
        windows.cancel(PathIds.read("freeze window", id), body.reason(), caller.actor()));
  }
}
