package com.freelync.control.automation;

import com.freelync.control.api.json.JsonBodies;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.automation.backtest.BacktestRow;
import com.freelync.control.automation.backtest.Backtests;
import com.freelync.control.identity.Permission;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import com.freelync.control.temporal.TemporalSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Begins to try automations on the past. */
@Path("/admin/workflows")
@Produces(MediaType.APPLICATION_JSON)
public final class BacktestStartResource {
  private static final String DESCRIPTION =
      "A durable job: follow it under `/admin/backtests/{id}`. Facts are those of then. What a"
          + " definition would have decided is held against what people decided.";

  private final Backtests backtests;
  private final TemporalSettings temporal;

  public BacktestStartResource(Backtests backtests, TemporalSettings temporal) {
    this.backtests = backtests;
    this.temporal = temporal;
  }

  /** Beside which definition it is tried: another version, or one that is not stored. */
  public record CompareWith(@Nullable Integer version, @Nullable Map<String, Object> definition) {}

  /** Which version of an automation is tried, on which period. */
  public record BacktestRequest(
      Instant from, Instant to, @Nullable Integer version, @Nullable CompareWith compareWith) {}

  /** Which definition is tried, on which period, and beside which other one. */
  public record UnsavedBacktestRequest(
      Map<String, Object> definition,
      Instant from,
      Instant to,
      @Nullable Map<String, Object> compareWith) {}

  /** Tries a stored automation. */
  @POST
  @Path("/{id}/backtest")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires({Permission.AUTOMATION_MANAGE, Permission.AUTOMATION_OPERATE})
  @Operation(
      summary = "Tries a version of the automation on the events of a past period",
      description = DESCRIPTION,
      responses =
          @ApiResponse(
              responseCode = "202",
              content = @Content(schema = @Schema(implementation = BacktestView.class))))
  public Response backtestAutomation(
      @PathParam("id") String id,
      BacktestRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    CompareWith other = body.compareWith();
    if (other != null && (other.version() == null) == (other.definition() == null)) {
      throw new RequestRefused.Invalid(
          List.of(
              new FieldError("/compare_with", "one", "give a version or a definition, just one")));
    }
    return started(
        backtests.start(
            caller.newId(),
            new Backtests.Subject(
                PathIds.read("automation", id),
                body.version(),
                null,
                other == null ? null : other.definition(),
                other == null ? null : other.version()),
            body.from(),
            body.to(),
            caller.actor()));
  }

  /** Tries a definition that is not stored. */
  @POST
  @Path("/backtest")
  @Consumes({MediaType.APPLICATION_JSON, JsonBodies.YAML})
  @Requires({Permission.AUTOMATION_MANAGE, Permission.AUTOMATION_OPERATE})
  @Operation(
      summary = "Tries a definition that is not stored on the events of a past period",
      description = DESCRIPTION,
      responses =
          @ApiResponse(
              responseCode = "202",
              content = @Content(schema = @Schema(implementation = BacktestView.class))))
  public Response backtestDefinition(
      UnsavedBacktestRequest body, @Parameter(hidden = true) @Context Caller caller) {
    return started(
        backtests.start(
            caller.newId(),
            new Backtests.Subject(null, null, body.definition(), body.compareWith(), null),
            body.from(),
            body.to(),
            caller.actor()));
  }

  private Response started(BacktestRow row) {
    return Response.accepted(BacktestView.of(row, temporal))
        .location(URI.create("/admin/backtests/" + row.id()))
        .build();
  }
}
