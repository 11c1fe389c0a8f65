package com.freelync.control.task;

import com.freelync.control.api.paging.EntityTags;
import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.database.Cursor;
import com.freelync.control.identity.Permission;
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
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Scheduled tasks: listed, made, and moved. */
@Path("/admin/tasks")
@Produces(MediaType.APPLICATION_JSON)
public final class TaskResource {
  private final Tasks tasks;
  private final Clock clock;

  public TaskResource(Tasks tasks, Clock clock) {
    this.tasks = tasks;
    this.clock = clock;
  }

  /** Why a person moves a task. */
  public record TaskMove(@Nullable String reason) {}

  /** Tasks. */
  @GET
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(summary = "Lists scheduled tasks, the newest first")
  public Page<TaskView> listTasks(
      @Parameter(schema = @Schema(implementation = TaskStatus.class)) @QueryParam("status")
          @Nullable String status,
      @QueryParam("workflow_id") @Nullable String workflowId,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    Filters.among("status", status, TaskStatus.class);
    UUID workflow = Filters.id("workflow_id", workflowId);
    return Page.of(
        tasks.list(status, workflow, page.after(), page.rows()),
        page,
        row -> new Cursor(row.createdAt(), row.id()),
        this::view);
  }

  /** One task. */
  @GET
  @Path("/{id}")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "One scheduled task with its last execution and its next five instants",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = TaskView.class))))
  public Response getTask(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Request request) {
    TaskRow row = tasks.get(PathIds.read("task", id));
    return EntityTags.answer(
        request,
        EntityTags.of(
            row.revision(),
            row.status(),
            String.valueOf(row.executionId()),
            String.valueOf(row.executionStatus()),
            row.next(clock.instant()).toString()),
        view(row));
  }

  /** Makes a task. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(
      summary = "Schedules an automation: once (`at`), or again and again (`cron`)",
      description =
          "`payload` is the automation's trigger data. `missed` says what becomes of instants that"
              + " passed while nobody could come or the task was paused.",
      responses =
          @ApiResponse(
              responseCode = "201",
              content = @Content(schema = @Schema(implementation = TaskView.class))))
  public Response createTask(TaskRequest body, @Parameter(hidden = true) @Context Caller caller) {
    TaskRow made = tasks.create(caller.newId(), body.task(), caller.actor());
    return Response.created(URI.create("/admin/tasks/" + made.id())).entity(view(made)).build();
  }

  /** Pauses a task. */
  @POST
  @Path("/{id}/pause")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(summary = "Pauses a task: its instants are missed until it is resumed")
  public TaskView pauseTask(
      @PathParam("id") String id, TaskMove body, @Parameter(hidden = true) @Context Caller caller) {
    return view(tasks.pause(PathIds.read("task", id), body.reason(), caller.actor()));
  }

  /** Resumes a task. */
  @POST
  @Path("/{id}/resume")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(summary = "Resumes a task: `missed` decides on the instants that passed")
  public TaskView resumeTask(
      @PathParam("id") String id, TaskMove body, @Parameter(hidden = true) @Context Caller caller) {
    return view(tasks.resume(PathIds.read("task", id), body.reason(), caller.actor()));
  }

  /** Cancels a task. */
  @POST
  @Path("/{id}/cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(summary = "Cancels a task for good; an execution that is under way goes on")
  public TaskView cancelTask(
      @PathParam("id") String id, TaskMove body, @Parameter(hidden = true) @Context Caller caller) {
    return view(tasks.cancel(PathIds.read("task", id), body.reason(), caller.actor()));
  }

  /** Runs a task now. */
  @POST
  @Path("/{id}/run")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(
      summary = "Runs a task now",
      description =
          "Of a task with `at` this is its one run; one with `cron` goes on as before. 429 once the"
              + " caller started as many executions as a person may in an hour.",
      responses = {
        @ApiResponse(
            responseCode = "202",
            content = @Content(schema = @Schema(implementation = TaskView.class))),
        @ApiResponse(
            responseCode = "429",
            headers =
                @Header(
                    name = "Retry-After",
                    description = "Seconds until the next full hour",
                    schema = @Schema(type = "integer")))
      })
  public Response runTask(
      @PathParam("id") String id, TaskMove body, @Parameter(hidden = true) @Context Caller caller) {
    TaskRow run =
        tasks.run(PathIds.read("task", id), caller.newId(), body.reason(), caller.actor());
    return Response.accepted(view(run)).build();
  }

  private TaskView view(TaskRow row) {
    return TaskView.of(row, clock.instant());
  }
}
