package com.freelync.control.automation;

import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.automation.backtest.Backtests;
import com.freelync.control.database.Cursor;
import com.freelync.control.identity.Permission;
import com.freelync.control.temporal.TemporalSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Backtests: listed, followed, cancelled. */
@Path("/admin/backtests")
@Produces(MediaType.APPLICATION_JSON)
public final class BacktestResource {
  private final Backtests backtests;
  private final TemporalSettings temporal;

  public BacktestResource(Backtests backtests, TemporalSettings temporal) {
    this.backtests = backtests;
    this.temporal = temporal;
  }

  /** Why a person ends a backtest. */
  public record BacktestMove(@Nullable String reason) {}

  /** Backtests. */
  @GET
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(summary = "Lists backtests, the newest first")
  public Page<BacktestView> listBacktests(
      @QueryParam("workflow_id") @Nullable String workflowId,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    return Page.of(
        backtests.list(Filters.id("workflow_id", workflowId), page.after(), page.rows()),
        page,
        row -> new Cursor(row.createdAt(), row.id()),
        row -> BacktestView.of(row, temporal));
  }

  /** One backtest. */
  @GET
  @Path("/{id}")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(summary = "One backtest: how far it came, and what it found")
  public BacktestView getBacktest(@PathParam("id") String id) {
    return BacktestView.of(backtests.get(PathIds.read("backtest", id)), temporal);
  }

  /** Ends a backtest before it is over. */
  @POST
  @Path("/{id}/cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires({Permission.AUTOMATION_MANAGE, Permission.AUTOMATION_OPERATE})
  @Operation(summary = "Ends a backtest before it is over; what it found so far is kept")
  public BacktestView cancelBacktest(
      @PathParam("id") String id,
      BacktestMove body,
      @Parameter(hidden = true) @Context Caller caller) {
    return BacktestView.of(
        backtests.cancel(PathIds.read("backtest", id), body.reason(), caller.actor()), temporal);
  }
}
