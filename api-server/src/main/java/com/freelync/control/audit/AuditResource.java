package com.freelync.control.audit;

import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
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
import jakarta.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

/** The audit log: read, and exported for those who want to verify it. */
@Path("/admin/audit")
public final class AuditResource {
  private static final String NDJSON = "application/x-ndjson";
  private final AuditTrail trail;
  private final AuditExports exports;

  public AuditResource(AuditTrail trail, AuditExports exports) {
    this.trail = trail;
    this.exports = exports;
  }

  /** Entries. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUDIT_READ)
  @Operation(
      summary = "Lists what was done and what was refused, the newest first",
      description =
          "`from` is the earliest time, `to` the first that is too late. An entry is sealed within"
              + " about a second; `position` and `hash` are its place in the chain.")
  public Page<AuditView> listAudit(
      @QueryParam("actor") @Nullable String actor,
      @QueryParam("action") @Nullable String action,
      @QueryParam("subject_type") @Nullable String subjectType,
      @QueryParam("subject_id") @Nullable String subjectId,
      @QueryParam("outcome") @Nullable String outcome,
      @QueryParam("request_id") @Nullable String requestId,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    Filters.among("outcome", outcome, AuditEntry.Outcome.class);
    AuditFilter filter =
        new AuditFilter(
            actor,
            action,
            subjectType,
            subjectId,
            outcome,
            requestId,
            Filters.time("from", from),
            Filters.time("to", to));
    return Page.of(
        trail.list(filter, page.after(), page.rows()), page, AuditTrail::place, AuditView::of);
  }

  /** The chain as a file. */
  @GET
  @Path("/export")
  @Produces(NDJSON)
  @Requires(Permission.AUDIT_READ)
  @Operation(
      summary =
          "Exports the sealed entries as a file that `./control-center audit verify` verifies",
      description =
          "Newline-delimited JSON: a header, an entry on each line as it was hashed, a trailer. Of"
              + " a time it has every position from the first to the last entry, whatever stands"
              + " between. The export itself is audited.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(mediaType = NDJSON, schema = @Schema(type = "string"))))
  public StreamingOutput exportAudit(
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @Parameter(hidden = true) @Context Caller caller) {
    return exports.begin(Filters.time("from", from), Filters.time("to", to), caller.actor())
        ::writeTo;
  }
}
