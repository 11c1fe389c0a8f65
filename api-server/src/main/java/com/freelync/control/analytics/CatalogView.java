package com.freelync.control.analytics;

import com.freelync.control.condition.Values;
import java.util.List;

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
