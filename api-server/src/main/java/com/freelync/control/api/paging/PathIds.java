package com.freelync.control.api.paging;

import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids in addresses. */
public final class PathIds {
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private PathIds() {}

  /**
   * Reads an id.
   *
   * @throws ProblemException 404 if it is no UUID, so that nothing can have it
   */
  public static UUID read(String kind, String text) {
    if (!CANONICAL.matcher(text).matches()) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "There is no " + kind + " with this id; an id is a UUID.");
    }
    return UUID.fromString(text);
  }

  /** A UUID in its full length: Java's own reader takes {@code 1-1-1-1-1} too. */
  static UUID canonical(String text) {
    if (!CANONICAL.matcher(text).matches()) {
      throw new IllegalArgumentException("not a UUID");
    }
    return UUID.fromString(text);
  }
}
