package com.freelync.control.payout;

import com.freelync.control.api.paging.EntityTags;
import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.database.Cursor;
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
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The gateway's book held against ours: each business day by itself, and when a person asks. */
@Path("/admin/payouts/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
public final class ReconciliationResource {
  private final Reconciliations reconciliations;
  private final TemporalSettings temporal;
  private final Clock clock;

  public ReconciliationResource(
      Reconciliations reconciliations, TemporalSettings temporal, Clock clock) {
    this.reconciliations = reconciliations;
    this.temporal = temporal;
    this.clock = clock;
  }

  /** Reconciliations. */
  @GET
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(summary = "Lists reconciliations with the gateway's book, the newest first")
  public Page<ReconciliationView> listReconciliations(
      @Parameter(schema = @Schema(implementation = ReconciliationStatus.class))
          @QueryParam("status")
          @Nullable String status,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    Filters.among("status", status, ReconciliationStatus.class);
    return Page.of(
        reconciliations.list(
            status == null ? null : ReconciliationStatus.valueOf(status),
            page.after(),
            page.rows()),
        page,
        run -> new Cursor(run.createdAt(), run.id()),
        run -> ReconciliationView.listed(run, temporal));
  }

  /** One reconciliation with its differences. */
  @GET
  @Path("/{id}")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "One reconciliation with what differs",
      description =
          "`differing` counts all differences; shown are the 500 of most money. Kinds:"
              + " `MISSING_HERE`, `MISSING_THERE`, `AMOUNT_DIFFERS`, `STATE_DIFFERS`,"
              + " `PAID_TWICE`.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ReconciliationView.class))))
  public Response getReconciliation(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Request request) {
    Reconciliations.Detail detail = reconciliations.get(PathIds.read("reconciliation", id));
    return EntityTags.answer(
        request,
        EntityTags.of(detail.run().status(), detail.run().pages(), detail.differences().size()),
        ReconciliationView.of(detail, temporal));
  }

  /** Starts a reconciliation. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(
      summary = "Holds the gateway's book of some business days against ours",
      description =
          "`from` is a day in Addis Ababa, yesterday unless said; `to` the first day that does not"
              + " belong to it, the day after `from` unless said, at most 31 days later.",
      responses =
          @ApiResponse(
              responseCode = "202",
              content = @Content(schema = @Schema(implementation = ReconciliationView.class))))
  public Response startReconciliation(
      ReconciliationRequest body, @Parameter(hidden = true) @Context Caller caller) {
    ReconciliationRequest.Days days = body.days(clock.instant());
    UUID id = caller.newId();
    reconciliations.request(id, days.from(), days.until(), body.reason(), caller.actor());
    return Response.accepted(ReconciliationView.of(reconciliations.get(id), temporal)).build();
  }
}
