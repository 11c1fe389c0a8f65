package com.freelync.control.api.paging;

import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.database.Cursor;
import com.freelync.control.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many, 1 to 200
 * @param after after which row
 */
public record PageRequest(int limit, Cursor after) {
  /** How many where nobody says. */
  public static final int STANDARD = 50;

  /** How many at most. */
  public static final int MOST = 200;

  /**
   * Reads {@code ?limit=} and {@code ?cursor=}.
   *
   * @throws ProblemException 400 with all that is wrong
   */
  public static PageRequest of(@Nullable String limit, @Nullable String cursor) {
    List<FieldError> errors = new ArrayList<>();
    int size = STANDARD;
    if (limit != null) {
      size = limit.matches("\\d{1,3}") ? Integer.parseInt(limit) : 0;
      if (size < 1 || size > MOST) {
        errors.add(new FieldError("limit", "range", "limit is a number from 1 to " + MOST));
      }
    }
    Cursor after = Cursor.START;
    if (cursor != null) {
      after = Cursors.read(cursor).orElse(Cursor.START);
      if (Cursors.read(cursor).isEmpty()) {
        errors.add(new FieldError("cursor", "cursor", "use a next_cursor that a list gave"));
      }
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(
          Problem.of(ProblemType.MALFORMED, "The page that is asked for does not exist.", errors),
          Map.of());
    }
    return new PageRequest(size, after);
  }

  /** How many rows to read: one more shows whether there are more. */
  public int rows() {
    return limit + 1;
  }
}
