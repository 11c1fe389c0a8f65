package com.freelync.control.analytics;

import com.freelync.control.api.limit.Limited;
import com.freelync.control.api.limit.Limits;
import com.freelync.control.api.security.Requires;
import com.freelync.control.api.table.Table;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Metrics: ready-made questions, questions of one's own, and what can be asked. */
@Limited(Limits.ANALYTICS)
@Path("/analytics")
@Produces(MediaType.APPLICATION_JSON)
public final class AnalyticsResource {
  private static final Set<Metric> REVENUE =
      EnumSet.of(
          Metric.PLATFORM_REVENUE,
          Metric.PROCESSOR_FEES,
          Metric.GROSS_VOLUME,
          Metric.TRANSACTION_COUNT,
          Metric.PAYOUT_VOLUME,
          Metric.PAYOUT_COUNT,
          Metric.NET_REVENUE);
  private static final Set<Metric> GROWTH =
      EnumSet.of(
          Metric.NEW_USERS,
          Metric.ACTIVE_USERS,
          Metric.VERIFIED_USERS,
          Metric.NEW_LISTINGS,
          Metric.ACTIVE_LISTINGS,
          Metric.SOLD_LISTINGS);
  private static final Set<Metric> TRANSACTIONS =
      EnumSet.of(
          Metric.TRANSACTION_COUNT,
          Metric.GROSS_VOLUME,
          Metric.COMMISSION_EARNED,
          Metric.LISTING_CONVERSION_RATE,
          Metric.INQUIRY_CONVERSION_RATE,
          Metric.DISPUTE_RATE,
          Metric.VERIFICATION_RATE,
          Metric.PAYMENT_FAILURE_RATE);

  private static final String RANGE =
      "A day such as 2026-02-01, which begins in Addis Ababa, or an RFC 3339 time";

  private final Analytics analytics;
  private final Clock clock;

  public AnalyticsResource(Analytics analytics, Clock clock) {
    this.analytics = analytics;
    this.clock = clock;
  }

  /** Revenue. */
  @GET
  @Path("/revenue")
  @Produces({MediaType.APPLICATION_JSON, Table.CSV, Table.XLSX})
  @Requires(Permission.ANALYTICS_READ)
  @Operation(
      summary = "Revenue, fees, volumes and payouts of a time, beside the time before it",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AnalyticsAnswer.class))))
  public Response getRevenue(
      @Parameter(description = RANGE) @QueryParam("from") @Nullable String from,
      @Parameter(description = RANGE + "; does not belong to it") @QueryParam("to")
          @Nullable String to,
      @Parameter(schema = @Schema(implementation = MetricPeriod.class)) @QueryParam("grain")
          @Nullable String grain,
      @Parameter(description = "category, region, or both with a comma") @QueryParam("group_by")
          @Nullable String groupBy,
      @Parameter(schema = @Schema(allowableValues = {"previous", "none"})) @QueryParam("compare")
          @Nullable String compare,
      @Parameter(hidden = true) @Context Request request) {
    return answer(
        request, "revenue", MetricQuery.read(REVENUE, from, to, grain, groupBy, compare, clock));
  }

  /** Growth. */
  @GET
  @Path("/growth")
  @Produces({MediaType.APPLICATION_JSON, Table.CSV, Table.XLSX})
  @Requires(Permission.ANALYTICS_READ)
  @Operation(
      summary = "New, verified and active users, and listings, of a time",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AnalyticsAnswer.class))))
  public Response getGrowth(
      @Parameter(description = RANGE) @QueryParam("from") @Nullable String from,
      @Parameter(description = RANGE + "; does not belong to it") @QueryParam("to")
          @Nullable String to,
      @Parameter(schema = @Schema(implementation = MetricPeriod.class)) @QueryParam("grain")
          @Nullable String grain,
      @Parameter(description = "region") @QueryParam("group_by") @Nullable String groupBy,
      @Parameter(schema = @Schema(allowableValues = {"previous", "none"})) @QueryParam("compare")
          @Nullable String compare,
      @Parameter(hidden = true) @Context Request request) {
    return answer(
        request, "growth", MetricQuery.read(GROWTH, from, to, grain, groupBy, compare, clock));
  }

  /** Transactions. */
  @GET
  @Path("/transactions")
  @Produces({MediaType.APPLICATION_JSON, Table.CSV, Table.XLSX})
  @Requires(Permission.ANALYTICS_READ)
  @Operation(
      summary = "Transactions and their rates of a time",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AnalyticsAnswer.class))))
  public Response getTransactions(
      @Parameter(description = RANGE) @QueryParam("from") @Nullable String from,
      @Parameter(description = RANGE + "; does not belong to it") @QueryParam("to")
          @Nullable String to,
      @Parameter(schema = @Schema(implementation = MetricPeriod.class)) @QueryParam("grain")
          @Nullable String grain,
      @Parameter(description = "region") @QueryParam("group_by") @Nullable String groupBy,
      @Parameter(schema = @Schema(allowableValues = {"previous", "none"})) @QueryParam("compare")
          @Nullable String compare,
      @Parameter(hidden = true) @Context Request request) {
    return answer(
        request,
        "transactions",
        MetricQuery.read(TRANSACTIONS, from, to, grain, groupBy, compare, clock));
  }

  /** What can be asked. */
  @GET
  @Path("/catalog")
  @Requires({Permission.ANALYTICS_READ, Permission.ANALYTICS_QUERY})
  @Operation(summary = "Every measure and dimension, with meaning, unit, time stamp and source")
  public CatalogView getAnalyticsCatalog() {
    return CatalogView.all();
  }

  /** A question of one's own. */
  @POST
  @Path("/custom-query")
  @Produces({MediaType.APPLICATION_JSON, Table.CSV, Table.XLSX})
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.ANALYTICS_QUERY)
  @Operation(
      summary = "Measures by dimensions and periods, filtered and ordered",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = CustomAnswer.class))))
  public Response customQuery(
      CustomQuery query, @Parameter(hidden = true) @Context Request request) {
    CustomQueryReader.Asked asked = CustomQueryReader.read(query, clock.instant());
    return Table.answer(request, () -> asked.ask(analytics), () -> asked.table(analytics));
  }

  private Response answer(Request request, String name, MetricQuery query) {
    return Table.answer(request, () -> query.ask(analytics), () -> query.table(name, analytics));
  }
}
