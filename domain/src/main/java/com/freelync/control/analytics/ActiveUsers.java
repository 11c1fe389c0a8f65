package com.freelync.control.analytics;

import com.freelync.control.analytics.Segment.Level;
import com.freelync.control.analytics.UserSets.Side;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/**
 * Counts different users exactly: the union of stored sets of whole months and days, and of the
 * source's rows for the edges and for days that changed since their sets were made.
 */
final class ActiveUsers {
  private final Handle handle;
  private final CubeState state;

  ActiveUsers(Handle handle, CubeState state) {
    this.handle = handle;
    this.state = state;
  }

  /** How many different users each part has. */
  Map<Part, Long> count(Question question) {
    Asked asked = new Asked(question, new HashMap<>());
    find(question, List.of(asked));
    return asked.counts();
  }

  /**
   * The same for several questions, whose rows are read once. Users are looked for in the parts of
   * the two short dimensions, of which most answers are united, and in each region.
   *
   * @param questions about one whole time, without filters
   */
  List<Map<Part, Long>> counts(List<Question> questions) {
    Question first = questions.getFirst();
    Asked united =
        new Asked(
            Question.total(Set.of(Metric.ACTIVE_USERS), first.from(), first.to())
                .by(List.of(Dimension.CATEGORY, Dimension.USER_TYPE)),
            new HashMap<>());
    List<Asked> asked = new ArrayList<>(List.of(united));
    for (Question question : questions) {
      if (question.groupBy().contains(Dimension.REGION)) {
        asked.add(new Asked(question, new HashMap<>()));
      }
    }
    find(first, asked);
    return questions.stream()
        .map(
            question ->
                asked.stream()
                    .filter(one -> one.question() == question)
                    .findAny()
                    .orElseGet(() -> united.unitedBy(question))
                    .counts())
        .toList();
  }

  /** Reads the time of a question for all that ask for it. */
  private void find(Question question, List<Asked> asked) {
    for (Segment segment : segments(question)) {
      if (segment.level() == Level.SOURCE) {
        fromSource(question, segment, asked);
      } else {
        fromSets(segment, asked);
      }
    }
  }

  /** A question, and who was found for each of its parts. */
  private record Asked(Question question, Map<Part, UserUnion> parts) {
    /** The users of the part that a row belongs to; null if a filter leaves it out. */
    @Nullable UserUnion of(@Nullable LocalDateTime at, String category, String region, Side side) {
      if (!passes(question, category, region) || !sides(question).contains(side)) {
        return null;
      }
      MetricPeriod grain = question.grain();
      LocalDateTime period = grain == null || at == null ? null : grain.start(at);
      return parts.computeIfAbsent(
          part(question, period, category, region, side), p -> UserUnion.of(grain == null));
    }

    /** The answer to a question about fewer dimensions of the same. */
    Asked unitedBy(Question coarser) {
      List<Integer> places = coarser.groupBy().stream().map(question.groupBy()::indexOf).toList();
      Asked united = new Asked(coarser, new HashMap<>());
      parts.forEach(
          (part, users) ->
              united
                  .parts
                  .computeIfAbsent(
                      new Part(part.period(), places.stream().map(part.group()::get).toList()),
                      p -> UserUnion.of(coarser.grain() == null))
                  .addAll(users));
      return united;
    }

    Map<Part, Long> counts() {
      Map<Part, Long> counts = new HashMap<>();
      parts.forEach((part, users) -> counts.put(part, users.size()));
      return counts;
    }
  }

  private List<Segment> segments(Question question) {
    LocalDateTime from = question.from();
    LocalDateTime to = question.to();
    if (state.isDoubted() || question.grain() == MetricPeriod.HOURLY) {
      return Segment.fromSource(from, to);
    }
    Set<LocalDate> stale =
        ActivitySets.stale(handle, from.toLocalDate(), to.toLocalDate().plusDays(1));
    Set<YearMonth> built =
        new HashSet<>(
            handle
                .createQuery("SELECT month FROM control.activity_month_built")
                .mapTo(LocalDate.class)
                .map(YearMonth::from)
                .list());
    List<Segment> segments = new ArrayList<>();
    for (Segment segment : Segment.cover(from, to, question.grain(), state.quarantined())) {
      switch (segment.level()) {
        case SOURCE -> segments.add(segment);
        case HOUR -> segments.add(new Segment(Level.SOURCE, segment.from(), segment.to()));
        case DAY -> days(segment, stale, segments);
        case MONTH -> months(segment, stale, built, segments);
      }
    }
    return Segment.joined(segments);
  }

  private static void months(
      Segment segment, Set<LocalDate> stale, Set<YearMonth> built, List<Segment> segments) {
    for (LocalDateTime start = segment.from();
        start.isBefore(segment.to());
        start = start.plusMonths(1)) {
      YearMonth month = YearMonth.from(start);
      boolean isWhole =
          built.contains(month)
              && stale.stream().noneMatch(day -> YearMonth.from(day).equals(month));
      Segment one = new Segment(Level.MONTH, start, start.plusMonths(1));
      if (isWhole) {
        segments.add(one);
      } else {
        days(one, stale, segments);
      }
    }
  }

  private static void days(Segment segment, Set<LocalDate> stale, List<Segment> segments) {
    LocalDateTime at = segment.from();
    for (LocalDate day : stale.stream().sorted().toList()) {
      LocalDateTime start = day.atStartOfDay();
      if (!start.isBefore(segment.from()) && start.isBefore(segment.to())) {
        if (at.isBefore(start)) {
          segments.add(new Segment(Level.DAY, at, start));
        }
        segments.add(new Segment(Level.SOURCE, start, start.plusDays(1)));
        at = start.plusDays(1);
      }
    }
    if (at.isBefore(segment.to())) {
      segments.add(new Segment(Level.DAY, at, segment.to()));
    }
  }

  private void fromSets(Segment segment, List<Asked> asked) {
    String table = segment.level() == Level.MONTH ? "activity_month" : "activity_day";
    handle
        .createQuery(
            "SELECT bucket, category, region, buyers, sellers FROM control."
                + table
                + " WHERE bucket >= :from AND bucket < :to")
        .bind("from", segment.from().toLocalDate())
        .bind("to", segment.to().toLocalDate())
        .setFetchSize(2_000)
        .map(
            (row, context) ->
                new SetRow(
                    row.getObject("bucket", LocalDate.class),
                    row.getString("category"),
                    row.getString("region"),
                    row.getBytes("buyers"),
                    row.getBytes("sellers")))
        .forEach(
            row -> {
              for (Side side : Side.values()) {
                ImmutableRoaringBitmap set =
                    UserSets.view(side == Side.BUYER ? row.buyers() : row.sellers());
                if (!set.isEmpty()) {
                  for (Asked one : asked) {
                    UserUnion users =
                        one.of(row.bucket().atStartOfDay(), row.category(), row.region(), side);
                    if (users != null) {
                      users.addAll(set);
                    }
                  }
                }
              }
            });
  }

  private void fromSource(Question question, Segment segment, List<Asked> asked) {
    String bucket =
        question.grain() == null
            ? "NULL::timestamp"
            : "date_trunc(:grain, control.business_time(at))";
    handle
        .createQuery(
            "SELECT DISTINCT "
                + bucket
                + """
                 AS period, category, region, side, number, unnumbered
                  FROM control.activity_user WHERE at >= :from AND at < :to
                """)
        .bind("grain", question.grain() == null ? "day" : question.grain().field())
        .bind("from", BusinessTime.instant(segment.from()))
        .bind("to", BusinessTime.instant(segment.to()))
        .setFetchSize(5_000)
        .map(
            (row, context) ->
                new SourceRow(
                    row.getObject("period", LocalDateTime.class),
                    row.getString("category"),
                    row.getString("region"),
                    Side.valueOf(row.getString("side")),
                    row.getObject("number", Integer.class),
                    row.getString("unnumbered")))
        .forEach(
            row -> {
              for (Asked one : asked) {
                UserUnion users = one.of(row.period(), row.category(), row.region(), row.side());
                if (users != null) {
                  users.add(row.number(), row.unnumbered());
                }
              }
            });
  }

  private static boolean passes(Question question, String category, String region) {
    return question.filters().stream()
        .allMatch(
            filter ->
                switch (filter.dimension()) {
                  case CATEGORY -> filter.passes(category);
                  case REGION -> filter.passes(region);
                  case USER_TYPE -> true;
                });
  }

  private static Set<Side> sides(Question question) {
    Set<Side> sides = EnumSet.allOf(Side.class);
    for (Filter filter : question.filters()) {
      if (filter.dimension() == Dimension.USER_TYPE) {
        sides.removeIf(side -> !filter.userTypes().contains(type(side)));
      }
    }
    return sides;
  }

  private static Part part(
      Question question, @Nullable LocalDateTime at, String category, String region, Side side) {
    List<String> group =
        question.groupBy().stream()
            .map(
                dimension ->
                    switch (dimension) {
                      case CATEGORY -> category;
                      case REGION -> region;
                      case USER_TYPE -> type(side);
                    })
            .toList();
    return new Part(at, group);
  }

  private static String type(Side side) {
    return side == Side.BUYER ? "buyer" : "seller";
  }

  private record SetRow(
      LocalDate bucket, String category, String region, byte[] buyers, byte[] sellers) {}

  private record SourceRow(
      @Nullable LocalDateTime period,
      String category,
      String region,
      Side side,
      @Nullable Integer number,
      @Nullable String unnumbered) {}
}
