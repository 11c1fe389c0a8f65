package com.freelync.control.payout;

import com.freelync.control.api.paging.EntityTags;
import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.security.Requires;
import com.freelync.control.database.Cursor;
import com.freelync.control.identity.Permission;
import com.freelync.control.temporal.TemporalSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Payouts, with everything that happened to them. */
@Path("/admin/payouts")
@Produces(MediaType.APPLICATION_JSON)
public final class PayoutResource {
  private final Payouts payouts;
  private final Function<UUID, List<PayoutView.ExecutionRef>> executionsAbout;
  private final TemporalSettings temporal;

  PayoutResource(
      Payouts payouts,
      Function<UUID, List<PayoutView.ExecutionRef>> executionsAbout,
      TemporalSettings temporal) {
    this.payouts = payouts;
    this.executionsAbout = executionsAbout;
    this.temporal = temporal;
  }

  /** Payouts. */
  @GET
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(summary = "Lists payouts, the newest request first")
  public Page<PayoutView> listPayouts(
      @Parameter(schema = @Schema(implementation = PayoutStatus.class)) @QueryParam("status")
          @Nullable String status,
      @QueryParam("seller_id") @Nullable String sellerId,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    Filters.among("status", status, PayoutStatus.class);
    return Page.of(
        payouts.list(status, Filters.id("seller_id", sellerId), page.after(), page.rows()),
        page,
        payout -> new Cursor(payout.requestedAt(), payout.id()),
        PayoutView::listed);
  }

  /** One payout with its transfers, bookings and executions. */
  @GET
  @Path("/{id}")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "One payout with its transfers, bookings and executions",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = PayoutView.class))))
  public Response getPayout(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Request request) {
    UUID payout = PathIds.read("payout", id);
    PayoutView view = PayoutView.of(payouts.get(payout), executionsAbout.apply(payout), temporal);
    List<PayoutView.ExecutionRef> about = view.executions() == null ? List.of() : view.executions();
    return EntityTags.answer(
        request,
        EntityTags.of(view.status(), about.stream().map(PayoutView.ExecutionRef::status).toList()),
        view);
  }
}
