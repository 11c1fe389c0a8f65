package com.freelync.control.task;

import com.freelync.control.automation.CronTimes;
import com.freelync.control.condition.Values;
import com.freelync.control.database.Json;
import com.freelync.control.problem.FieldError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks for.
 *
 * @param at when it runs, once; a fraction of a second is cut off
 * @param cron when it runs, again and again; one of the two
 * @param timeZone the time zone of cron; null is Africa/Addis_Ababa
 * @param catchUp how late a missed instant may still run; null is a day
 */
public record NewTask(
    String name,
    UUID workflowId,
    Map<String, Object> payload,
    @Nullable Instant at,
    @Nullable String cron,
    @Nullable String timeZone,
    MissedPolicy missed,
    @Nullable Duration catchUp) {
  private static final int LONGEST_NAME = 120;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LONGEST_CATCH_UP = Duration.ofDays(7);
  private static final Instant LAST = Instant.parse("2100-12-31T00:00:00Z");

  /** What is wrong with it, without regard to its automation. */
  List<FieldError> errors(Instant now) {
    List<FieldError> errors = new ArrayList<>();
    if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      errors.add(new FieldError("/name", "text", "a name of 1 to " + LONGEST_NAME + " characters"));
    }
    if ((at == null) == (cron == null)) {
      errors.add(
          new FieldError(
              at == null ? "/at" : "/cron", "one_of", "either at or cron says when it runs"));
    } else if (at != null) {
      once(at, now, errors);
    } else if (cron != null) {
      again(cron, errors);
    }
    if (catchUp != null && (catchUp.isNegative() || catchUp.compareTo(LONGEST_CATCH_UP) > 0)) {
      errors.add(new FieldError("/catch_up", "range", "catch_up is from PT0S to P7D"));
    }
    return errors;
  }

  private void once(Instant instant, Instant now, List<FieldError> errors) {
    if (!instant.truncatedTo(ChronoUnit.SECONDS).isAfter(now) || instant.isAfter(LAST)) {
      errors.add(
          new FieldError("/at", "past", "at is an instant to come, before 2101; now is " + now));
    }
    if (timeZone != null) {
      errors.add(
          new FieldError("/time_zone", "one_of", "time_zone goes with cron: at is an instant"));
    }
  }

  private void again(String expression, List<FieldError> errors) {
    ZoneId zone = Values.BUSINESS_ZONE;
    try {
      zone = timeZone == null ? zone : ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      errors.add(
          new FieldError(
              "/time_zone", "time_zone", "a time zone such as Africa/Addis_Ababa is needed here"));
    }
    try {
      if (!CronTimes.parse(expression, zone).isEver()) {
        errors.add(
            new FieldError(
                "/cron", "never", "it never comes: write * for the fields that do not matter"));
      }
    } catch (IllegalArgumentException e) {
      errors.add(
          new FieldError(
              "/cron",
              "cron",
              "not a cron expression of five fields (minute hour day month weekday): "
                  + e.getMessage()));
    }
  }

  TaskDao.NewRow row() {
    String zone = timeZone == null ? Values.BUSINESS_ZONE.getId() : timeZone;
    return new TaskDao.NewRow(
        name,
        workflowId,
        Json.write(payload),
        at == null ? null : at.truncatedTo(ChronoUnit.SECONDS),
        cron,
        cron == null ? null : zone,
        missed.name(),
        (catchUp == null ? DAY : catchUp).toSeconds());
  }
}
