package com.freelync.control.automation;

import com.freelync.control.api.paging.EntityTags;
import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.approval.DecisionRequest;
import com.freelync.control.identity.Permission;
import com.freelync.control.temporal.TemporalSettings;
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
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Executions: watched, cancelled. */
@Path("/admin/executions")
@Produces(MediaType.APPLICATION_JSON)
public final class ExecutionResource {
  private final Executions executions;
  private final TemporalSettings temporal;

  public ExecutionResource(Executions executions, TemporalSettings temporal) {
    this.executions = executions;
    this.temporal = temporal;
  }

  /** Why a person cancels, and whether what was done is undone; it is unless they say no. */
  public record CancelRequest(String reason, @Nullable Boolean compensate) {}

  /** Why a person retries. */
  public record RetryRequest(String reason) {}

  /** Executions. */
  @GET
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "Lists executions, the newest first",
      description =
          "`entity` is an id, or a type and an id such as `payout/ID` or `payout:ID`; `waiting_for`"
              + " a role that may decide, such as `CFO`. `waits_for` says for what they wait: for a"
              + " decision (human), room in a limit, a circuit breaker, a kill switch, an instant"
              + " (time), or their turn (slot); `retrying` leaves those of which a step failed and is"
              + " tried again. Each says in `waits` for what it waits, and since when.")
  public Page<ExecutionView> listExecutions(
      @Parameter(schema = @Schema(implementation = ExecutionStatus.class)) @QueryParam("status")
          @Nullable String status,
      @QueryParam("workflow_id") @Nullable String workflowId,
      @QueryParam("entity") @Nullable String entity,
      @QueryParam("event_id") @Nullable String eventId,
      @QueryParam("waiting_for") @Nullable String waitingFor,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @Parameter(
              schema =
                  @Schema(
                      allowableValues = {
                        "human",
                        "limit",
                        "breaker",
                        "kill_switch",
                        "time",
                        "slot"
                      }))
          @QueryParam("waits_for")
          @Nullable String waitsFor,
      @Parameter(schema = @Schema(type = "boolean")) @QueryParam("retrying")
          @Nullable String retrying,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    return ExecutionView.page(
        executions,
        ExecutionFilters.read(
            status,
            workflowId,
            entity,
            eventId,
            waitingFor,
            from,
            to,
            waitsFor,
            Boolean.TRUE.equals(Filters.truth("retrying", retrying))),
        PageRequest.of(limit, cursor),
        temporal);
  }

  /** One execution with its steps. */
  @GET
  @Path("/{id}")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "One execution with its steps, live while it runs",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ExecutionView.class))))
  public Response getExecution(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Request request) {
    Execution execution = executions.get(PathIds.read("execution", id));
    ExecutionRow row = execution.row();
    return EntityTags.answer(
        request,
        EntityTags.of(
            row.status(),
            execution.steps().stream().mapToInt(StepRow::attempts).sum(),
            execution.steps().stream().filter(step -> step.finishedAt() != null).count(),
            execution.approvals().stream().mapToInt(asked -> asked.words().size()).sum(),
            execution.approvals().stream()
                .flatMap(asked -> asked.timers().stream())
                .filter(timer -> timer.firedAt() != null)
                .count(),
            row.cancelRequestedAt() == null ? "" : "cancelled",
            execution.waits().stream().map(ExecutionWait::reason).toList().hashCode()),
        ExecutionView.of(execution, temporal));
  }

  /** Approves what an execution waits for. */
  @POST
  @Path("/{id}/approve")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_APPROVE)
  @Operation(
      summary = "Approves the step that an execution waits for",
      description =
          "The caller fills an open slot. `content_hash` (in `waits_for`) makes sure that what is"
              + " approved is what the caller saw.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ExecutionView.class))))
  public ExecutionView approveExecution(
      @PathParam("id") String id,
      DecisionRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return decide(id, body, true, caller);
  }

  /** Rejects what an execution waits for. */
  @POST
  @Path("/{id}/reject")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_APPROVE)
  @Operation(
      summary = "Rejects the step that an execution waits for",
      description =
          "One rejection decides. `comment` is the reason that is recorded. Where several questions"
              + " wait, `content_hash` says which one is answered.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ExecutionView.class))))
  public ExecutionView rejectExecution(
      @PathParam("id") String id,
      DecisionRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return decide(id, body, false, caller);
  }

  private ExecutionView decide(String id, DecisionRequest body, boolean approves, Caller caller) {
    return ExecutionView.of(
        executions.decide(
            PathIds.read("execution", id), DecisionRequest.approver(caller), body.word(approves)),
        temporal);
  }

  /** Cancels an execution. */
  @POST
  @Path("/{id}/cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(
      summary = "Cancels an execution; a step that is being taken is finished first",
      description =
          "Unless `compensate` is false, what was done is undone as far as the definition says how,"
              + " in reverse order.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ExecutionView.class))))
  public ExecutionView cancelExecution(
      @PathParam("id") String id,
      CancelRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return ExecutionView.of(
        executions.cancel(
            PathIds.read("execution", id),
            body.reason(),
            !Boolean.FALSE.equals(body.compensate()),
            caller.actor()),
        temporal);
  }

  /** Takes an execution that failed up again. */
  @POST
  @Path("/{id}/retry")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(
      summary = "Takes an execution that FAILED up again from the steps that failed",
      description = "What succeeded is kept, but for what was undone.",
      responses =
          @ApiResponse(
              responseCode = "202",
              content = @Content(schema = @Schema(implementation = ExecutionView.class))))
  public Response retryExecution(
      @PathParam("id") String id,
      RetryRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return Response.accepted(
            ExecutionView.of(
                executions.retry(PathIds.read("execution", id), body.reason(), caller.actor()),
                temporal))
        .build();
  }
}
