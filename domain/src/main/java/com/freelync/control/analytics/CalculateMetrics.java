package com.freelync.control.analytics;

import com.freelync.control.analytics.PlatformMetrics.Chunk;
import com.freelync.control.analytics.PlatformMetrics.Recorded;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Records the metrics of the period that ended last, and gives them to the steps after it. */
public final class CalculateMetrics implements Action.Outside {
  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "calculate_metrics",
          List.of(
              new InputField(
                  "period",
                  FactType.TEXT,
                  false,
                  "How long the period is that ended last; DAILY unless said.",
                  Arrays.stream(MetricPeriod.values()).map(Enum::name).toList()),
              new InputField(
                  "metrics",
                  FactType.LIST,
                  false,
                  "Which metrics later steps see; all unless said. All are recorded.")),
          outputs(),
          false);

  private static final Traits TRAITS =
      new Traits(
          "The period's metrics stand in the record of closed periods.",
          null,
          "A value that is recorded and did not change is not recorded again.",
          ActionLimits.NONE);

  private final PlatformMetrics platformMetrics;
  private final Clock clock;

  public CalculateMetrics(PlatformMetrics platformMetrics, Clock clock) {
    this.platformMetrics = platformMetrics;
    this.clock = clock;
  }

  private static List<OutputField> outputs() {
    List<OutputField> outputs =
        new ArrayList<>(
            List.of(
                new OutputField("period", FactType.TEXT),
                new OutputField("from", FactType.TIME),
                new OutputField("to", FactType.TIME),
                new OutputField("source", FactType.TEXT),
                new OutputField("as_of", FactType.TIME),
                new OutputField("verified", FactType.BOOLEAN)));
    Metric.names().forEach(name -> outputs.add(new OutputField(name, FactType.NUMBER)));
    return outputs;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Records the metrics of the hour, day, week, month or year that ended last.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    MetricPeriod period = PeriodInput.of(request, MetricPeriod.values());
    Set<Metric> wanted = wanted(request);
    Chunk chunk = PlatformMetrics.ended(period, clock.instant());
    Reading reading = new Reading(handle);
    Row totals = PlatformMetrics.totals(reading, chunk);
    return new Estimate(
        output(chunk, totals, reading.provenance(), wanted),
        List.of(entity(chunk)),
        BigDecimal.ZERO,
        0,
        null);
  }

  @Override
  public Result perform(Request request) {
    MetricPeriod period = PeriodInput.of(request, MetricPeriod.values());
    Set<Metric> wanted = wanted(request);
    Recorded recorded = platformMetrics.recordEnded(period);
    Chunk chunk = new Chunk(period, recorded.from(), recorded.to());
    Map<String, Object> output = output(chunk, recorded.totals(), recorded.provenance(), wanted);
    return recorded.written() > 0
        ? Result.done(output, List.of(entity(chunk)))
        : Result.already(output);
  }

  private static Set<Metric> wanted(Request request) {
    if (!(request.input().get("metrics") instanceof List<?> names)) {
      return Metric.all();
    }
    Set<Metric> wanted = new LinkedHashSet<>();
    for (Object name : names) {
      wanted.add(
          Metric.named(String.valueOf(name))
              .orElseThrow(
                  () ->
                      new ActionRefused(
                          "unknown_metric",
                          name + " is no metric: they are " + String.join(", ", Metric.names()))));
    }
    return wanted;
  }

  /** A rate over nothing has no value: whoever refers to it is told that it is missing. */
  private static Map<String, Object> output(
      Chunk chunk, Row totals, Provenance provenance, Set<Metric> wanted) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("period", chunk.period().name());
    output.put("from", BusinessTime.instant(chunk.from()).toString());
    output.put("to", BusinessTime.instant(chunk.to()).toString());
    output.put("source", provenance.source());
    output.put("as_of", provenance.asOf().toString());
    output.put("verified", provenance.verified());
    for (Metric metric : wanted) {
      BigDecimal value = totals.value(metric);
      if (value != null) {
        output.put(metric.wireName(), value);
      }
    }
    return output;
  }

  private static EntityRef entity(Chunk chunk) {
    String begin = chunk.from().toString().replace("T00:00", "").replace("T", "-");
    return new EntityRef("metrics", chunk.period().wireName() + "-" + begin.replace(":00", ""));
  }
}
