package com.freelync.control.api.paging;

import com.freelync.control.database.Cursor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items at most as many as asked for, newest first
 * @param nextCursor where the next part begins; null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * The page of a list that is read whole, such as a catalog's.
   *
   * @param rank the place of a row: it falls along the list, and a row keeps it
   */
  public static <R, T> Page<T> ofAll(
      List<R> all, PageRequest asked, ToLongFunction<R> rank, Function<R, T> shape) {
    long after = asked.after().at().getEpochSecond();
    List<R> rows =
        all.stream().filter(row -> rank.applyAsLong(row) < after).limit(asked.rows()).toList();
    return of(
        rows,
        asked,
        row -> new Cursor(Instant.ofEpochSecond(rank.applyAsLong(row)), new UUID(0, 0)),
        shape);
  }

  /** The page of rows of which one more than the limit was read, if there are so many. */
  public static <R, T> Page<T> of(
      List<R> rows, PageRequest asked, Function<R, Cursor> place, Function<R, T> shape) {
    boolean isMore = rows.size() > asked.limit();
    List<R> shown = isMore ? rows.subList(0, asked.limit()) : rows;
    return new Page<>(
        shown.stream().map(shape).toList(),
        isMore ? Cursors.write(place.apply(shown.getLast())) : null);
  }
}
