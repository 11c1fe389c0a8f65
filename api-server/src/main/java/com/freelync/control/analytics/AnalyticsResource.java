package com.freelync.control.analytics;

import com.freelync.control.api.security.Requires;
import com.freelync.control.condition.Values;
import com.freelync.control.identity.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Metrics: ready-made questions, questions of one's own, and what can be asked. */
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
  @Requires(Permission.ANALYTICS_READ)
  @Operation(summary = "Revenue, fees, volumes and payouts of a time, beside the time before it")
  public AnalyticsAnswer getRevenue(
      @Parameter(description = RANGE) @QueryParam("from") @Nullable String from,
      @Parameter(description = RANGE + "; does not belong to it") @QueryParam("to")
          @Nullable String to,
      @Parameter(schema = @Schema(implementation = MetricPeriod.class)) @QueryParam("grain")
          @Nullable String grain,
      @Parameter(description = "category, region, or both with a comma") @QueryParam("group_by")
          @Nullable String groupBy,
      @Parameter(schema = @Schema(allowableValues = {"previous", "none"})) @QueryParam("compare")
          @Nullable String compare) {
    return MetricQuery.read(REVENUE, from, to, grain, groupBy, compare, clock).ask(analytics);
  }

  /** Growth. */
  @GET
  @Path("/growth")
  @Requires(Permission.ANALYTICS_READ)
  @Operation(summary = "New, verified and active users, and listings, of a time")
  public AnalyticsAnswer getGrowth(
      @Parameter(description = RANGE) @QueryParam("from") @Nullable String from,
      @Parameter(description = RANGE + "; does not belong to it") @QueryParam("to")
          @Nullable String to,
      @Parameter(schema = @Schema(implementation = MetricPeriod.class)) @QueryParam("grain")
          @Nullable String grain,
      @Parameter(description = "region") @QueryParam("group_by") @Nullable String groupBy,
      @Parameter(schema = @Schema(allowableValues = {"previous", "none"})) @QueryParam("compare")
          @Nullable String compare) {
    return MetricQuery.read(GROWTH, from, to, grain, groupBy, compare, clock).ask(analytics);
  }

  /** Transactions. */
  @GET
  @Path("/transactions")
  @Requires(Permission.ANALYTICS_READ)
  @Operation(summary = "Transactions and their rates of a time")
  public AnalyticsAnswer getTransactions(
      @Parameter(description = RANGE) @QueryParam("from") @Nullable String from,
      @Parameter(description = RANGE + "; does not belong to it") @QueryParam("to")
          @Nullable String to,
      @Parameter(schema = @Schema(implementation = MetricPeriod.class)) @QueryParam("grain")
          @Nullable String grain,
      @Parameter(description = "region") @QueryParam("group_by") @Nullable String groupBy,
      @Parameter(schema = @Schema(allowableValues = {"previous", "none"})) @QueryParam("compare")
          @Nullable String compare) {
    return MetricQuery.read(TRANSACTIONS, from, to, grain, groupBy, compare, clock).ask(analytics);
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
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.ANALYTICS_QUERY)
  @Operation(summary = "Measures by dimensions and periods, filtered and ordered")
  public CustomAnswer customQuery(CustomQuery query) {
    return CustomQueryReader.read(query, clock.instant()).ask(analytics);
  }

  /** Everything that can be asked. */
  record CatalogView(
      List<MeasureView> measures,
      List<DimensionView> dimensions,
      List<String> grains,
      String timeZone) {
    static CatalogView all() {
      return new CatalogView(
          List.of(Metric.values()).stream().map(MeasureView::of).toList(),
          List.of(Dimension.values()).stream().map(DimensionView::of).toList(),
          List.of(MetricPeriod.values()).stream().map(Enum::name).toList(),
          Values.BUSINESS_ZONE.getId());
    }
  }

  /** A measure. */
  record MeasureView(
      String name,
      MetricType type,
      Metric.Unit unit,
      String meaning,
      String timeStamp,
      String source,
      List<String> dimensions) {
    static MeasureView of(Metric metric) {
      return new MeasureView(
          metric.wireName(),
          metric.type(),
          metric.unit(),
          metric.meaning(),
          metric.timeStamp(),
          metric.source(),
          metric.dimensions().stream().map(Dimension::wireName).toList());
    }
  }

  /** A dimension; {@code values} is empty where they are the marketplace's own. */
  record DimensionView(String name, String meaning, List<String> values) {
    static DimensionView of(Dimension dimension) {
      return new DimensionView(dimension.wireName(), dimension.meaning(), dimension.knownValues());
    }
  }
}
