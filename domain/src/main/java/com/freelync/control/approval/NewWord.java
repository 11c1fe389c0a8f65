package com.freelync.control.approval;

import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person says on what is asked.
 *
 * @param comment the person's words, null where they say nothing; a rejection needs some
 * @param contentHash what the person saw; null if they do not say
 */
public record NewWord(boolean isApproval, @Nullable String comment, @Nullable String contentHash) {
  public NewWord {
    comment = comment == null || saysNothing(comment) ? null : comment.strip();
  }

  /** Nothing but what nobody sees, such as blanks and spaces without width. */
  private static boolean saysNothing(String text) {
    return text.codePoints()
        .allMatch(
            point ->
                Character.isWhitespace(point)
                    || Character.isSpaceChar(point)
                    || Character.isISOControl(point)
                    || Character.getType(point) == Character.FORMAT);
  }

  /**
   * Checks it by itself.
   *
   * @throws RequestRefused.Invalid if it is a rejection without a reason
   */
  void check() {
    if (!isApproval && comment == null) {
      throw new RequestRefused.Invalid(
          List.of(
              new FieldError(
                  "/comment", "required", "a rejection says why: give a comment, it is recorded")));
    }
  }
}
