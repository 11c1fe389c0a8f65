package com.freelync.control.automation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.freelync.control.api.links.Links;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.automation.BulkPreview.LeftOut;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Many executions at once: retried, cancelled. */
@Path("/admin/executions/bulk")
@Produces(MediaType.APPLICATION_JSON)
public final class BulkResource {
  private final Bulks bulks;

  public BulkResource(Bulks bulks) {
    this.bulks = bulks;
  }

  /** ETB that executions have moved, and that they were about and have not moved. */
  public record AmountView(BigDecimal moved, BigDecimal wouldMove) {
    static AmountView of(BigDecimal moved, BigDecimal wouldMove) {
      return new AmountView(
          moved.setScale(2, RoundingMode.HALF_UP), wouldMove.setScale(2, RoundingMode.HALF_UP));
    }
  }

  /**
   * What would be done ({@code PREVIEW}, with the token that confirms it), or is being done, to how
   * many executions, and how far that is.
   */
  public record BulkView(
      @Nullable UUID id,
      String action,
      boolean compensate,
      String reason,
      String status,
      int count,
      int done,
      int refused,
      int waiting,
      AmountView amount,
      List<LeftOut> leftOut,
      List<LeftOut> refusals,
      @Nullable String token,
      @Nullable String by,
      @Nullable Instant createdAt,
      @Nullable Instant finishedAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Links links) {
    static BulkView of(BulkRequest request, BulkPreview preview) {
      return new BulkView(
          null,
          word(request.action()),
          request.compensates(),
          request.reason(),
          "PREVIEW",
          preview.count(),
          0,
          0,
          preview.count(),
          AmountView.of(preview.moved(), preview.wouldMove()),
          preview.leftOut(),
          List.of(),
          preview.token(),
          null,
          null,
          null,
          null);
    }

    static BulkView of(Bulk bulk) {
      return new BulkView(
          bulk.id(),
          word(bulk.action()),
          bulk.compensates(),
          bulk.reason(),
          bulk.status(),
          bulk.count(),
          bulk.done(),
          bulk.refused(),
          bulk.count() - bulk.done() - bulk.refused(),
          AmountView.of(bulk.moved(), bulk.wouldMove()),
          List.of(),
          bulk.refusals(),
          null,
          bulk.createdBy(),
          bulk.createdAt(),
          bulk.finishedAt(),
          Links.self("/admin/executions/bulk/" + bulk.id()));
    }
  }

  private static String word(BulkRequest.Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  /** Previews, and confirms. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(
      summary =
          "Retries or cancels many executions, at most 10,000: first a preview, then with its token",
      description =
          "Without `token` nothing is done: the answer says to how many it would be done, how much"
              + " ETB they moved and were about, and which are left out and why. The same with that"
              + " `token` begins it (202), unless what would be done has changed (409).",
      responses = {
        @ApiResponse(
            responseCode = "200",
            description = "What would be done",
            content = @Content(schema = @Schema(implementation = BulkView.class))),
        @ApiResponse(
            responseCode = "202",
            description = "It is begun",
            content = @Content(schema = @Schema(implementation = BulkView.class)))
      })
  public Response changeExecutions(
      BulkBody body, @Parameter(hidden = true) @Context Caller caller) {
    BulkRequest request = body.request();
    if (body.token() == null) {
      return Response.ok(BulkView.of(request, bulks.preview(request))).build();
    }
    return Response.accepted(
            BulkView.of(bulks.start(caller.newId(), request, body.token(), caller.actor())))
        .build();
  }

  /** How far one is. */
  @GET
  @Path("/{id}")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(summary = "How far a retry or a cancellation of many executions is")
  public BulkView getBulk(@PathParam("id") String id) {
    return BulkView.of(bulks.get(PathIds.read("bulk operation", id)));
  }
}
