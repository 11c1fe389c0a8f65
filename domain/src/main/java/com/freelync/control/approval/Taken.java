package com.freelync.control.approval;

import com.freelync.control.problem.RequestRefused;

/** What became of a person's word. */
sealed interface Taken<T> {
  /** What the person is answered. */
  T orThrow();

  /** It counts. */
  record Counted<T>(T answer) implements Taken<T> {
    @Override
    public T orThrow() {
      return answer;
    }
  }

  /** It does not. */
  record Refused<T>(RequestRefused refusal) implements Taken<T> {
    @Override
    public T orThrow() {
      throw refusal;
    }
  }
}
