package com.freelync.control.automation;

import com.freelync.control.api.links.Links;
import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.identity.Permission;
import com.freelync.control.temporal.TemporalSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
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
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The runs of one automation: asked for by hand, listed. */
@Path("/admin/workflows")
@Produces(MediaType.APPLICATION_JSON)
public final class RunResource {
  private final Executions executions;
  private final Automations automations;
  private final TemporalSettings temporal;

  public RunResource(Executions executions, Automations automations, TemporalSettings temporal) {
    this.executions = executions;
    this.automations = automations;
    this.temporal = temporal;
  }

  /** What a person gives to run an automation. */
  public record ExecuteRequest(
      @Nullable Map<String, Object> triggerData, @Nullable String reason) {}

  /** What was started. */
  public record Started(UUID executionId, String status, @Nullable String reason, Links links) {}

  /** Runs an automation by hand. */
  @POST
  @Path("/{id}/execute")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(
      summary = "Runs an ACTIVE automation; its conditions are evaluated as for an event",
      description =
          "One whose turn it is not yet is PENDING, and `reason` says behind which execution it"
              + " waits. 409 where its mode has no place; 429 once the caller had as many as a person"
              + " has in an hour.",
      responses = {
        @ApiResponse(
            responseCode = "202",
            content = @Content(schema = @Schema(implementation = Started.class))),
        @ApiResponse(
            responseCode = "429",
            headers =
                @Header(
                    name = "Retry-After",
                    description = "Seconds until the next full hour",
                    schema = @Schema(type = "integer")))
      })
  public Response executeAutomation(
      @PathParam("id") String id,
      ExecuteRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    Map<String, Object> data = body.triggerData() == null ? Map.of() : body.triggerData();
    Execution execution =
        executions.execute(
            caller.newId(), PathIds.read("automation", id), data, body.reason(), caller.actor());
    ExecutionView view = ExecutionView.of(execution, temporal);
    return Response.accepted(new Started(view.id(), view.status(), view.reason(), view.links()))
        .build();
  }

  /** The executions of one automation. */
  @GET
  @Path("/{id}/executions")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(summary = "The executions of one automation, the newest first")
  public Page<ExecutionView> listExecutionsOf(
      @PathParam("id") String id,
      @Parameter(schema = @Schema(implementation = ExecutionStatus.class)) @QueryParam("status")
          @Nullable String status,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    UUID workflow = automations.get(PathIds.read("automation", id)).id();
    Filters.among("status", status, ExecutionStatus.class);
    return ExecutionView.page(
        executions,
        new ExecutionFilter(status, workflow, null, null, null, null, null, null),
        PageRequest.of(limit, cursor),
        temporal);
  }
}
