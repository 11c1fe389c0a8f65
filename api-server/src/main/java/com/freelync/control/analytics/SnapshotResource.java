package com.freelync.control.analytics;

import com.freelync.control.analytics.Snapshots.Taken;
import com.freelync.control.api.limit.Limited;
import com.freelync.control.api.limit.Limits;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.api.table.Table;
import com.freelync.control.identity.Permission;
import com.freelync.control.problem.FieldError;
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
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of each day, kept. */
@Limited(Limits.ANALYTICS)
@Path("/analytics/snapshots")
@Produces(MediaType.APPLICATION_JSON)
public final class SnapshotResource {
  private static final int MOST_DAYS = 366;
  private static final String A_DAY =
      "a day such as 2026-02-01, today or before, of the last %d years"
          .formatted(RangeReader.MOST_YEARS);

  private final Snapshots snapshots;

  public SnapshotResource(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  /** Which day to take; today unless said. */
  public record TakeRequest(@Nullable String day) {}

  /**
   * The snapshots of a time.
   *
   * @param items the newest day first, each in its newest revision
   */
  record SnapshotList(String from, String to, List<SnapshotView> items) {
    /** Each day has its own. */
    private static final List<String> PROVENANCE =
        List.of("source", "as_of", "verified_at", "verified");

    Table table() {
      List<String> columns =
          new ArrayList<>(List.of("day", "revision", "complete", "taken_at", "taken_by"));
      columns.addAll(Metric.names());
      columns.addAll(PROVENANCE);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (SnapshotView item : items) {
        List<@Nullable Object> row =
            new ArrayList<>(
                Arrays.asList(
                    item.day().toString(),
                    item.revision(),
                    item.complete(),
                    item.takenAt().toString(),
                    item.takenBy()));
        Metric.names().forEach(name -> row.add(item.metrics().get(name)));
        PROVENANCE.forEach(name -> row.add(item.provenance().get(name)));
        rows.add(row);
      }
      return new Table("snapshots", columns, rows, Map.of());
    }
  }

  /**
   * Every revision of a day.
   *
   * @param revisions the newest first
   */
  record Revisions(LocalDate day, List<SnapshotView> revisions) {}

  /** Snapshots of a time. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Table.CSV, Table.XLSX})
  @Requires(Permission.ANALYTICS_READ)
  @Operation(
      summary = "The snapshots of days, the newest day first, each in its newest revision",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = SnapshotList.class))))
  public Response listSnapshots(
      @Parameter(description = "The first day; 30 days before `to`") @QueryParam("from")
          @Nullable String from,
      @Parameter(description = "The first day that does not belong to it; tomorrow")
          @QueryParam("to")
          @Nullable String to,
      @Parameter(hidden = true) @Context Request request) {
    RangeReader reader = new RangeReader();
    TimeRange range =
        RangeReader.orUsual(reader.day("from", from), reader.day("to", to), snapshots.today());
    LocalDate begin = range.from().toLocalDate();
    LocalDate end = range.to().toLocalDate();
    if (!begin.isBefore(end) || begin.plusDays(MOST_DAYS).isBefore(end)) {
      reader.wrong(
          "from", "range", "from is before to, and at most " + MOST_DAYS + " days before it");
    }
    reader.require("The snapshots cannot be listed so.");
    SnapshotList list =
        new SnapshotList(
            begin.toString(),
            end.toString(),
            snapshots.list(begin, end, MOST_DAYS).stream().map(SnapshotView::of).toList());
    return Table.answer(request, () -> list, list::table);
  }

  /** One day. */
  @GET
  @Path("/{day}")
  @Requires(Permission.ANALYTICS_READ)
  @Operation(summary = "The revisions of a day's snapshot, the newest first, at most 100")
  public Revisions getSnapshot(@PathParam("day") String day) {
    LocalDateTime read = new RangeReader().day("day", day);
    if (read == null) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "There is no such snapshot; give a day such as 2026-02-01.");
    }
    LocalDate date = read.toLocalDate();
    return new Revisions(date, snapshots.revisions(date).stream().map(SnapshotView::of).toList());
  }

  /** Takes one now. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.ANALYTICS_READ)
  @Operation(
      summary = "Takes the snapshot of a day, today unless said; what is the same is not repeated",
      description =
          "201 with a new revision; 200 with the revision there is, where nothing has changed.",
      responses = {
        @ApiResponse(
            responseCode = "201",
            content = @Content(schema = @Schema(implementation = SnapshotView.class))),
        @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = SnapshotView.class)))
      })
  public Response takeSnapshot(
      @Nullable TakeRequest body, @Parameter(hidden = true) @Context Caller caller) {
    Taken taken = snapshots.take(day(body == null ? null : body.day()), caller.actor());
    SnapshotView view = SnapshotView.of(taken.snapshot());
    return Response.status(taken.isNew() ? Response.Status.CREATED : Response.Status.OK)
        .entity(view)
        .build();
  }

  private LocalDate day(@Nullable String given) {
    if (given == null) {
      return snapshots.today();
    }
    LocalDateTime day = new RangeReader().day("/day", given);
    LocalDate today = snapshots.today();
    if (day == null
        || day.toLocalDate().isAfter(today)
        || day.toLocalDate().isBefore(today.minusYears(RangeReader.MOST_YEARS))) {
      throw ProblemException.invalid(List.of(new FieldError("/day", "time", A_DAY)));
    }
    return day.toLocalDate();
  }
}
