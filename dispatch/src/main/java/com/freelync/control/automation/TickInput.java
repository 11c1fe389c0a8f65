package com.freelync.control.automation;

import java.util.UUID;

/**
 * Whose instants a schedule has.
 *
 * @param timetable the name of a {@link Timetable}
 * @param id what the clock starts
 */
public record TickInput(String timetable, UUID id) {
  /** The id of its schedule. */
  public String scheduleId() {
    return scheduleId(timetable, id);
  }

  /** The id of the schedule of a thing. */
  public static String scheduleId(String timetable, UUID id) {
    return timetable + "/" + id;
  }
}
