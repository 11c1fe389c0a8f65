package com.freelync.control.approval;

import com.freelync.control.api.request.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A person's word.
 *
 * @param comment why, at most 1,000 characters
 * @param contentHash what the person saw; the word does not count if something else is asked
 */
public record DecisionRequest(@Nullable String comment, @Nullable String contentHash) {
  /** The word that this says. */
  public NewWord word(boolean isApproval) {
    return new NewWord(isApproval, comment, contentHash);
  }

  /** Who decides. */
  public static Approver approver(Caller caller) {
    return new Approver(caller.person().subject(), caller.person().roles(), caller.requestId());
  }
}
