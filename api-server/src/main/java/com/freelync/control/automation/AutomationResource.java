package com.freelync.control.automation;

import com.freelync.control.api.json.JsonBodies;
import com.freelync.control.api.paging.EntityTags;
import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.approval.DecisionRequest;
import com.freelync.control.database.Cursor;
import com.freelync.control.identity.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Automations: listed, made, changed. */
@Path("/admin/workflows")
@Produces(MediaType.APPLICATION_JSON)
public final class AutomationResource {
  private final Automations automations;

  public AutomationResource(Automations automations) {
    this.automations = automations;
  }

  /** Automations, the newest first. */
  @GET
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(summary = "Lists automations, the newest first")
  public Page<AutomationView> listAutomations(
      @Parameter(schema = @Schema(implementation = AutomationStatus.class)) @QueryParam("status")
          @Nullable String status,
      @QueryParam("name") @Nullable String name,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    Filters.among("status", status, AutomationStatus.class);
    return Page.of(
        automations.list(status, name, page.after(), page.rows()),
        page,
        automation -> new Cursor(automation.createdAt(), automation.id()),
        AutomationView::of);
  }

  /** One automation with its latest definition. */
  @GET
  @Path("/{id}")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "One automation with its latest definition",
      description = "What runs is `active_version`, which may be an earlier one, or null.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AutomationView.class))))
  public Response getAutomation(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Request request) {
    Automation automation = automations.get(PathIds.read("automation", id));
    return EntityTags.answer(
        request, EntityTags.of(automation.revision()), AutomationView.of(automation));
  }

  /** Every version of an automation. */
  @GET
  @Path("/{id}/versions")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "Every version of an automation, the newest first",
      description =
          "The active version has the automation's status, a newer one is DRAFT or PENDING, and"
              + " what came before is SUPERSEDED.")
  public Page<VersionView> listVersions(
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Automation automation = automations.get(PathIds.read("automation", id));
    return Page.ofAll(
        automations.versions(automation.id()),
        PageRequest.of(limit, cursor),
        Automation.Version::version,
        version -> VersionView.of(automation, version));
  }

  /** Makes an automation. */
  @POST
  @Consumes({MediaType.APPLICATION_JSON, JsonBodies.YAML})
  @Requires(Permission.AUTOMATION_MANAGE)
  @Operation(
      summary = "Makes an automation, in the short or the long form",
      description =
          "DRAFT unless `status` is ACTIVE; with an action that moves money it is then PENDING.",
      requestBody =
          @RequestBody(
              required = true,
              content = {
                @Content(mediaType = MediaType.APPLICATION_JSON),
                @Content(mediaType = JsonBodies.YAML)
              }),
      responses =
          @ApiResponse(
              responseCode = "201",
              content = @Content(schema = @Schema(implementation = AutomationView.class))))
  public Response createAutomation(
      byte[] body,
      @Parameter(hidden = true) @HeaderParam("Content-Type") MediaType type,
      @Parameter(hidden = true) @Context Caller caller) {
    Automation made =
        automations.create(caller.newId(), AutomationBody.read(body, type), caller.actor());
    return Response.created(URI.create("/admin/workflows/" + made.id()))
        .tag(EntityTags.of(made.revision()))
        .entity(AutomationView.of(made))
        .build();
  }

  /** Changes an automation. */
  @PATCH
  @Path("/{id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonBodies.YAML})
  @Requires({Permission.AUTOMATION_MANAGE, Permission.AUTOMATION_OPERATE})
  @Operation(
      summary = "Changes an automation: the fields that are given make its next version",
      description =
          "`status` moves it; `missed` (run, or skip) says what becomes of what it missed where"
              + " ACTIVE resumes what is PAUSED. Operators may only pause and resume.",
      requestBody =
          @RequestBody(
              required = true,
              content = {
                @Content(mediaType = MediaType.APPLICATION_JSON),
                @Content(mediaType = JsonBodies.YAML)
              }),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AutomationView.class))))
  public Response changeAutomation(
      @PathParam("id") String id,
      byte[] body,
      @Parameter(hidden = true) @HeaderParam("Content-Type") MediaType type,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Parameter(hidden = true) @Context Request request,
      @Parameter(hidden = true) @Context Caller caller) {
    UUID workflow = PathIds.read("automation", id);
    Map<String, Object> changes = AutomationBody.read(body, type);
    Long expected = null;
    if (ifMatch != null) {
      long revision = automations.get(workflow).revision();
      EntityTags.requireMatch(request, EntityTags.of(revision));
      expected = revision;
    }
    Automation changed =
        caller.person().mayAnyOf(Permission.AUTOMATION_MANAGE)
            ? automations.change(workflow, changes, expected, caller.actor())
            : automations.pauseOrResume(workflow, changes, expected, caller.actor());
    return Response.ok(AutomationView.of(changed)).tag(EntityTags.of(changed.revision())).build();
  }

  /** Approves the version that waits. */
  @POST
  @Path("/{id}/approve")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_APPROVE)
  @Operation(
      summary = "Approves the version that waits to become active, because it moves money",
      description = "`content_hash` makes sure that what is approved is what the caller saw.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AutomationView.class))))
  public Response approveAutomation(
      @PathParam("id") String id,
      DecisionRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return decide(id, body, true, caller);
  }

  /** Rejects the version that waits. */
  @POST
  @Path("/{id}/reject")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_APPROVE)
  @Operation(
      summary = "Rejects the version that waits to become active",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AutomationView.class))))
  public Response rejectAutomation(
      @PathParam("id") String id,
      DecisionRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return decide(id, body, false, caller);
  }

  private Response decide(String id, DecisionRequest body, boolean approves, Caller caller) {
    Automation decided =
        automations.decide(
            PathIds.read("automation", id), DecisionRequest.approver(caller), body.word(approves));
    return Response.ok(AutomationView.of(decided)).tag(EntityTags.of(decided.revision())).build();
  }
}
