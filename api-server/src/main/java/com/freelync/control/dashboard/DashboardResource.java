package com.freelync.control.dashboard;

import com.freelync.control.ControlCenter;
import com.freelync.control.analytics.Overview;
import com.freelync.control.analytics.OverviewQuery;
import com.freelync.control.analytics.SnapshotView;
import com.freelync.control.api.limit.Limited;
import com.freelync.control.api.limit.Limits;
import com.freelync.control.api.links.Links;
import com.freelync.control.api.security.Requires;
import com.freelync.control.api.table.Table;
import com.freelync.control.dashboard.DashboardAnswer.LevelView;
import com.freelync.control.identity.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The dashboard of executives, in one call. */
@Limited(Limits.ANALYTICS)
@Path("/analytics/dashboard")
@Produces({MediaType.APPLICATION_JSON, Table.CSV, Table.XLSX})
public final class DashboardResource {
  private final OverviewQuery overviews;
  private final ControlCenter control;

  public DashboardResource(OverviewQuery overviews, ControlCenter control) {
    this.overviews = overviews;
    this.control = control;
  }

  /** The dashboard. */
  @GET
  @Requires(Permission.ANALYTICS_READ)
  @Operation(
      summary = "Every metric beside the time before, breakdowns, latest snapshot, and health",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = DashboardAnswer.class))))
  public Response getDashboard(
      @Parameter(description = "A day such as 2026-02-01, or an RFC 3339 time; 30 days before `to`")
          @QueryParam("from")
          @Nullable String from,
      @Parameter(description = "The same, and does not belong to it; the end of today")
          @QueryParam("to")
          @Nullable String to,
      @Parameter(hidden = true) @Context Request request) {
    Overview overview = overviews.ask(from, to);
    return Table.answer(request, () -> answer(overview), overview::table);
  }

  private DashboardAnswer answer(Overview overview) {
    return new DashboardAnswer(
        overview.from(),
        overview.to(),
        overview.timeZone(),
        overview.previous(),
        overview.metrics(),
        overview.breakdowns(),
        control.snapshots.latest().map(SnapshotView::of).orElse(null),
        control.automationHealth.read(),
        control.pendingApprovals.read(),
        control.serviceLevels.all().stream().map(LevelView::of).toList(),
        overview.provenance(),
        Links.self("/analytics/dashboard"));
  }
}
