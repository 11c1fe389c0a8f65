package com.freelync.control.automation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells the timetable that a schedule is of. */
public final class TickActivitiesImpl implements TickActivities {
  private final Map<String, Timetable> timetables;

  public TickActivitiesImpl(List<Timetable> timetables) {
    this.timetables =
        timetables.stream()
            .collect(Collectors.toUnmodifiableMap(Timetable::name, Function.identity()));
  }

  @Override
  public void record(TickInput input, long atMillis) {
    Timetable timetable = timetables.get(input.timetable());
    if (timetable == null) {
      throw new IllegalStateException("there is no timetable " + input.timetable());
    }
    timetable.tick(input.id(), Instant.ofEpochMilli(atMillis));
  }
}
