package com.freelync.control.analytics;

import com.freelync.control.api.limit.Limited;
import com.freelync.control.api.limit.Limits;
import com.freelync.control.api.links.Links;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.database.Database;
import com.freelync.control.identity.Permission;
import com.freelync.control.problem.FieldError;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far metrics are proved, and what operators do where a difference was found. */
@Limited(Limits.ANALYTICS)
@Path("/analytics/verification")
@Produces(MediaType.APPLICATION_JSON)
public final class VerificationResource {
  private static final int MOST_MONTHS = 240;

  private final Database database;
  private final Rebuilds rebuilds;
  private final TemporalSettings temporal;

  public VerificationResource(Database database, Rebuilds rebuilds, TemporalSettings temporal) {
    this.database = database;
    this.rebuilds = rebuilds;
    this.temporal = temporal;
  }

  /**
   * What to make anew.
   *
   * @param from the first month, such as {@code 2026-02}
   * @param until the first month that does not belong to it; the month after {@code from} unless
   *     said
   */
  public record RebuildRequest(String from, @Nullable String until, String reason) {}

  /** What was started. */
  record RebuildStarted(UUID id, String from, String until, Links links) {}

  /**
   * How far the stored aggregates are proved.
   *
   * @param doubted families that are answered from the source until they are rebuilt
   * @param waiting changes that are not merged into the rollups yet; answers count them
   * @param months each month that has data, the newest first
   */
  record VerificationView(
      List<String> doubted, long waiting, List<MonthView> months, Links links) {}

  /**
   * A month.
   *
   * @param verifiedAt since when all of it was found equal to the source; null where it was not yet
   * @param quarantined families in which a difference is known: they are answered from the source
   */
  record MonthView(String month, @Nullable Instant verifiedAt, List<String> quarantined) {}

  /** The state. */
  @GET
  @Requires({Permission.ANALYTICS_READ, Permission.AUTOMATION_OPERATE})
  @Operation(summary = "How far the stored aggregates are proved against the source, by month")
  public VerificationView getVerification() {
    VerificationState state = database.read(VerificationState::read);
    return new VerificationView(
        state.doubted(),
        state.waiting(),
        state.months().stream()
            .map(
                month ->
                    new MonthView(
                        month.month().toString(), month.verifiedAt(), month.quarantined()))
            .toList(),
        Links.self("/analytics/verification"));
  }

  /** Rebuilds. */
  @POST
  @Path("/rebuild")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(
      summary = "Makes the rollups of whole months anew from the source, and proves them",
      description =
          "Traffic runs on meanwhile. It ends the quarantine of these months; where a difference"
              + " is left, the verification that follows finds it.",
      responses =
          @ApiResponse(
              responseCode = "202",
              content = @Content(schema = @Schema(implementation = RebuildStarted.class))))
  public Response rebuildMonths(
      RebuildRequest body, @Parameter(hidden = true) @Context Caller caller) {
    List<FieldError> errors = new ArrayList<>();
    YearMonth from = month("/from", body.from(), errors);
    YearMonth until =
        body.until() == null
            ? (from == null ? null : from.plusMonths(1))
            : month("/until", body.until(), errors);
    if (from != null && until != null) {
      if (!from.isBefore(until) || from.plusMonths(MOST_MONTHS).isBefore(until)) {
        errors.add(
            new FieldError(
                "/until",
                "range",
                "until is a month later than from, at most " + MOST_MONTHS + " months"));
      }
    }
    if (body.reason().isBlank()) {
      errors.add(new FieldError("/reason", "blank", "say why, for the audit log"));
    }
    if (!errors.isEmpty() || from == null || until == null) {
      throw ProblemException.invalid(errors);
    }
    UUID id = caller.newId();
    rebuilds.request(id, from, until, body.reason(), caller.actor());
    return Response.accepted(
            new RebuildStarted(
                id,
                from.toString(),
                until.toString(),
                new Links("/analytics/verification", temporal.uiLink(RebuildInput.temporalId(id)))))
        .build();
  }

  private static @Nullable YearMonth month(String field, String value, List<FieldError> errors) {
    try {
      YearMonth month = YearMonth.parse(value);
      if (month.getYear() >= RangeReader.FIRST_YEAR && month.getYear() <= RangeReader.LAST_YEAR) {
        return month;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    errors.add(new FieldError(field, "month", "a month such as 2026-02"));
    return null;
  }
}
