package com.freelync.control.alert;

import com.freelync.control.api.paging.EntityTags;
import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.problem.ProblemException;
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
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Alerts: read, acknowledged, silenced, resolved. */
@Path("/admin/alerts")
@Produces(MediaType.APPLICATION_JSON)
public final class AlertResource {
  private final Alerts alerts;
  private final AlertList list;
  private final Clock clock;

  public AlertResource(Alerts alerts, AlertList list, Clock clock) {
    this.list = list;
    this.alerts = alerts;
    this.clock = clock;
  }

  /** What a person says who takes an alert up. */
  public record AcknowledgeRequest(@Nullable String comment) {}

  /** Why a person says that it is over. */
  public record ResolveRequest(String reason) {}

  /** Alerts. */
  @GET
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE,
    Permission.ALERTS_MANAGE,
    Permission.CONFIG_APPROVE,
    Permission.ANALYTICS_READ
  })
  @Operation(summary = "Lists alerts, the one that was raised last first")
  public Page<AlertView> listAlerts(
      @Parameter(schema = @Schema(implementation = AlertState.class)) @QueryParam("state")
          @Nullable String state,
      @Parameter(description = "The name of a rule") @QueryParam("rule") @Nullable String rule,
      @Parameter(schema = @Schema(allowableValues = {"low", "medium", "high", "critical"}))
          @QueryParam("severity")
          @Nullable String severity,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    Filters.among("state", state, AlertState.class);
    if (rule != null && !AlertRule.isName(rule)) {
      throw ProblemException.malformed(
          "rule", "name", "rule is the name of a rule, such as analytics.mismatch");
    }
    if (severity != null && AlertSeverity.read(severity).isEmpty()) {
      throw ProblemException.malformed(
          "severity", "value", "severity is one of " + AlertSeverity.wireNames());
    }
    return Page.of(
        list.list(new AlertFilter(state, rule, severity), page.after(), page.rows()),
        page,
        alert -> new Cursor(alert.firstAt(), alert.id()),
        AlertView::of);
  }

  /** One alert. */
  @GET
  @Path("/{id}")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE,
    Permission.ALERTS_MANAGE,
    Permission.CONFIG_APPROVE,
    Permission.ANALYTICS_READ
  })
  @Operation(
      summary = "One alert: what happened, how often, and who does something about it",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AlertView.class))))
  public Response getAlert(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Request request) {
    Alert alert = list.get(PathIds.read("alert", id));
    return EntityTags.answer(request, EntityTags.of(alert.revision()), AlertView.of(alert));
  }

  /** Takes an alert up. */
  @POST
  @Path("/{id}/acknowledge")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.ALERTS_MANAGE)
  @Operation(
      summary = "Takes an alert up: what happens again is counted, and nobody is told",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AlertView.class))))
  public Response acknowledgeAlert(
      @PathParam("id") String id,
      AcknowledgeRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return answer(alerts.acknowledge(PathIds.read("alert", id), caller.actor(), body.comment()));
  }

  /** Silences an alert. */
  @POST
  @Path("/{id}/silence")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.ALERTS_MANAGE)
  @Operation(
      summary = "Silences an alert for a time; the first occurrence after it fires again",
      description =
          "Either `until`, a time, or `duration` from now on, such as PT4H; at most 30 days ahead.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AlertView.class))))
  public Response silenceAlert(
      @PathParam("id") String id,
      SilenceRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return answer(
        alerts.silence(
            PathIds.read("alert", id), caller.actor(), body.end(clock.instant()), body.reason()));
  }

  /** Resolves an alert. */
  @POST
  @Path("/{id}/resolve")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.ALERTS_MANAGE)
  @Operation(
      summary = "Resolves an alert for good; if it happens again, that is another alert",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AlertView.class))))
  public Response resolveAlert(
      @PathParam("id") String id,
      ResolveRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return answer(alerts.resolve(PathIds.read("alert", id), caller.actor(), body.reason()));
  }

  private static Response answer(Alert alert) {
    return Response.ok(AlertView.of(alert)).tag(EntityTags.of(alert.revision())).build();
  }
}
