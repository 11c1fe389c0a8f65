package com.freelync.control.analytics;

import com.freelync.control.analytics.Snapshots.Taken;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Keeps the state of a day. */
public final class TakeSnapshot implements Action.Outside {
  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "take_snapshot",
          List.of(
              new InputField(
                  "day", FactType.TEXT, false, "The day, such as 2026-02-01; today unless said.")),
          List.of(
              new OutputField("snapshot_id", FactType.TEXT),
              new OutputField("day", FactType.TEXT),
              new OutputField("revision", FactType.NUMBER),
              new OutputField("already", FactType.BOOLEAN)),
          false);

  private static final Traits TRAITS =
      new Traits(
          "The day has a snapshot of its numbers as they are now.",
          null,
          "A day whose numbers did not change since its snapshot gets no other one.",
          ActionLimits.NONE);

  private final Snapshots snapshots;

  public TakeSnapshot(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Keeps the state of the platform on a day.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    LocalDate day = day(request);
    int revision =
        handle.attach(SnapshotDao.class).revisions(day, 1).stream()
                .mapToInt(Snapshot::revision)
                .findFirst()
                .orElse(0)
            + 1;
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("snapshot_id", request.id().toString());
    output.put("day", day.toString());
    output.put("revision", revision);
    output.put("already", false);
    return new Estimate(
        output,
        List.of(new EntityRef("snapshot", request.id().toString())),
        BigDecimal.ZERO,
        0,
        revision == 1 ? null : "Where no number changed, revision " + (revision - 1) + " stays.");
  }

  @Override
  public Result perform(Request request) {
    Taken taken =
        snapshots.take(day(request), new Actor(request.run().actor(), request.run().requestId()));
    Snapshot snapshot = taken.snapshot();
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("snapshot_id", snapshot.id().toString());
    output.put("day", snapshot.day().toString());
    output.put("revision", snapshot.revision());
    output.put("already", !taken.isNew());
    return taken.isNew()
        ? Result.done(output, List.of(new EntityRef("snapshot", snapshot.id().toString())))
        : Result.already(output);
  }

  private LocalDate day(Request request) {
    String text = request.text("day");
    try {
      LocalDate today = snapshots.today();
      LocalDate day = text == null ? today : LocalDate.parse(text);
      if (day.isAfter(today)) {
        throw new ActionRefused("day", day + " is still to come");
      }
      return day;
    } catch (DateTimeException e) {
      throw new ActionRefused("day", text + " is no day such as 2026-02-01");
    }
  }
}
