package com.freelync.control.approval;

import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person says on what is asked.
 *
 * @param comment the person's words; a rejection needs some
 * @param contentHash what the person saw; null if they do not say
 */
public record NewWord(boolean isApproval, @Nullable String comment, @Nullable String contentHash) {
  /**
   * Checks it by itself.
   *
   * @throws RequestRefused.Invalid if it is a rejection without a reason
   */
  void check() {
    if (!isApproval && (comment == null || comment.isBlank())) {
      throw new RequestRefused.Invalid(
          List.of(
              new FieldError(
                  "/comment", "required", "a rejection says why: give a comment, it is recorded")));
    }
  }
}
