package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("AU-2: the instants of a cron expression")
class CronTimesTest {
  private static List<String> times(String expression, String zone, String after, int count) {
    return CronTimes.parse(expression, ZoneId.of(zone))
        .after(Instant.parse(after))
        .limit(count)
        .map(Instant::toString)
        .toList();
  }

  @Test
  @DisplayName("AU-2: eight o'clock is eight o'clock in Addis Ababa, and an instant follows itself")
  void isLocal() {
    assertThat(times("0 8 * * *", "Africa/Addis_Ababa", "2026-03-01T05:00:00Z", 2))
        .containsExactly("2026-03-02T05:00:00Z", "2026-03-03T05:00:00Z");
  }

  @Test
  @DisplayName("AU-2: day of month and weekday both match: the first Monday of a month")
  void bothMatch() {
    assertThat(times("0 8 1-7 * MON", "UTC", "2026-01-31T00:00:00Z", 2))
        .containsExactly("2026-02-02T08:00:00Z", "2026-03-02T08:00:00Z");
    assertThat(times("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", 1))
        .containsExactly("2028-02-29T00:00:00Z");
  }

  @Test
  @DisplayName("AU-2: a time that the clock leaps over has no instant")
  void gap() {
    assertThat(times("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 2))
        .as("not on 29 March")
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  @DisplayName("AU-2: a time that the clock shows twice has two instants")
  void overlap() {
    assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-24T22:00:00Z", 3))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(times("*/30 2 * * *", "Europe/Berlin", "2026-10-24T22:00:00Z", 4))
        .as("in the order of the instants")
        .containsExactly(
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:30:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *", "30 2 25-31 3 SUN"})
  @DisplayName("AU-2: what never comes is known")
  void never(String expression) {
    assertThat(CronTimes.parse(expression, ZoneId.of("Europe/Berlin")).isEver()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2-4,*/20 * * * *|0,1,2,3,4,20,40",
        "50/5 * * * *|50,55",
        "5-10/5 0 * JAN sun|5,10"
      })
  @DisplayName("AU-2: lists, ranges, steps and names are read")
  void reads(String expression, String minutes) {
    assertThat(CronTimes.parse(expression, ZoneId.of("UTC")).minutes())
        .hasToString("[" + minutes.replace(",", ", ") + "]");
    assertThat(CronTimes.parse("0 0 * * FRI-SUN", ZoneId.of("UTC")).daysOfWeek())
        .containsExactly(0, 5, 6);
    assertThat(CronTimes.parse("0 0 * * 7", ZoneId.of("UTC")).daysOfWeek()).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *",
        "* * * * 8", "5-1 * * * *", "*/0 * * * *", "a * * * *", ", * * * *", "1//2 * * * *",
        "-1 * * * *", "@daily", "* * L * *", "1-2-3 * * * *", "99999999999 * * * *"
      })
  @DisplayName("AU-2: anything else is refused, with what may be written")
  void refuses(String expression) {
    assertThatThrownBy(() -> CronTimes.parse(expression, ZoneId.of("UTC")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageFindingMatch("fields|write");
  }

  @Test
  @DisplayName("AU-2: its instants are its own, and no others are")
  void isAt() {
    CronTimes times = CronTimes.parse("*/30 2,14 * * *", ZoneId.of("Europe/Berlin"));
    Instant start = Instant.parse("2026-03-28T00:00:00Z");
    List<Instant> all = times.after(start).limit(20).toList();
    assertThat(all).isSorted().doesNotHaveDuplicates().allMatch(times::isAt);
    for (Instant at = start.plusSeconds(60); at.isBefore(all.getLast()); at = at.plusSeconds(60)) {
      assertThat(times.isAt(at)).as("%s", at).isEqualTo(all.contains(at));
    }
    assertThat(times.isAt(all.getFirst().plusSeconds(1))).isFalse();
  }

  @Test
  @DisplayName("AU-2: the offsets of a zone are known")
  void offsets() {
    assertThat(CronTimes.parse("* * * * *", ZoneId.of("Africa/Addis_Ababa")).offsets())
        .containsExactly(ZoneOffset.ofHours(3));
    assertThat(CronTimes.parse("* * * * *", ZoneId.of("Europe/Berlin")).offsets())
        .containsExactlyInAnyOrder(ZoneOffset.ofHours(1), ZoneOffset.ofHours(2));
  }
}
