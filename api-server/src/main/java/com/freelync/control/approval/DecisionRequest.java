package com.freelync.control.approval;

import com.freelync.control.api.request.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A person's word.
 *
 * @param comment why, at most 2000 characters
 * @param contentHash what the person saw; the word does not count if something else is asked
 */
public record DecisionRequest(@Nullable String comment, @Nullable String contentHash) {
  private static final int LONGEST = 2_000;

  public DecisionRequest {
    if (comment != null && comment.length() > LONGEST) {
      throw new IllegalArgumentException("comment has at most 2000 characters");
    }
  }

  /** The comment; null where it says nothing. */
  public @Nullable String words() {
    return comment == null || comment.isBlank() ? null : comment.strip();
  }

  /** Who decides. */
  public static Approver approver(Caller caller) {
    return new Approver(caller.person().subject(), caller.person().roles(), caller.requestId());
  }
}
