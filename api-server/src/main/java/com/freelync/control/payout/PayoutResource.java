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
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Payouts, with everything that happened to them; tried again and taken back. */
@Path("/admin/payouts")
@Produces(MediaType.APPLICATION_JSON)
public final class PayoutResource {
  private final Payouts payouts;
  private final CorrectionRequests corrections;
  private final Function<UUID, List<PayoutView.ExecutionRef>> executionsAbout;
  private final TemporalSettings temporal;

  PayoutResource(
      Payouts payouts,
      CorrectionRequests corrections,
      Function<UUID, List<PayoutView.ExecutionRef>> executionsAbout,
      TemporalSettings temporal) {
    this.payouts = payouts;
    this.corrections = corrections;
    this.executionsAbout = executionsAbout;
    this.temporal = temporal;
  }

  /** Why a person corrects a payout. */
  public record CorrectionRequest(String reason) {}

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

  /** One payout with everything that happened to it. */
  @GET
  @Path("/{id}")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "One payout with its history, attempts, corrections, bookings and executions",
      description =
          "`history` is who changed its state, when and why; `transfers` each attempt by its key,"
              + " with what the gateway answered and when; `ledger` both sides of each booking.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = PayoutView.class))))
  public Response getPayout(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Request request) {
    PayoutView view = view(PathIds.read("payout", id));
    return EntityTags.answer(request, tag(view), view);
  }

  /** Sends a payout again. */
  @POST
  @Path("/{id}/retry")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(
      summary = "Sends a payout again that FAILED",
      description =
          "Another attempt, with a key of its own, is made once the gateway, asked by the old key,"
              + " has said again that it refused; if it says anything else, the correction is"
              + " REFUSED. Also refused is a payout whose seller is suspended, or whose amount or"
              + " seller was changed.",
      responses =
          @ApiResponse(
              responseCode = "202",
              content = @Content(schema = @Schema(implementation = PayoutView.class))))
  public Response retryPayout(
      @PathParam("id") String id,
      CorrectionRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return correct(id, CorrectionKind.RETRY, body, caller);
  }

  /** Takes a payout back. */
  @POST
  @Path("/{id}/reverse")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(
      summary = "Takes a payout back that was DISBURSED, or gives one up that FAILED",
      description =
          "What was paid is REVERSED once the gateway took the money back; the ledger mirrors its"
              + " bookings, and the seller is owed it again. What failed is REVERSED once the"
              + " gateway has said again that it refused: it cannot be sent any more.",
      responses =
          @ApiResponse(
              responseCode = "202",
              content = @Content(schema = @Schema(implementation = PayoutView.class))))
  public Response reversePayout(
      @PathParam("id") String id,
      CorrectionRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return correct(id, CorrectionKind.REVERSAL, body, caller);
  }

  private Response correct(String id, CorrectionKind kind, CorrectionRequest body, Caller caller) {
    UUID payout = PathIds.read("payout", id);
    corrections.request(caller.newId(), payout, kind, body.reason(), caller.actor());
    PayoutView view = view(payout);
    return Response.accepted(view).tag(tag(view)).build();
  }

  private PayoutView view(UUID payout) {
    return PayoutView.of(payouts.get(payout), executionsAbout.apply(payout), temporal);
  }

  /** What happens to a payout moves it, its attempt, a correction or an execution. */
  private static EntityTag tag(PayoutView view) {
    return EntityTags.of(
        view.status(),
        words(view.transfers(), PayoutView.TransferView::status),
        words(view.corrections(), CorrectionView::status),
        words(view.executions(), PayoutView.ExecutionRef::status));
  }

  private static <T> List<String> words(@Nullable List<T> items, Function<T, String> word) {
    return items == null ? List.of() : items.stream().map(word).toList();
  }
}
