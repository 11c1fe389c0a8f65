package com.freelync.control.approval;

import com.freelync.control.database.Transaction;
import com.freelync.control.problem.RequestRefused;

/** What a capability that asks people does with their answer. */
public interface ApprovalSubject {
  /** Its name in the requests. */
  String type();

  /**
   * Locks what is asked about. It is locked before the request, by everybody: so a decision, an
   * edit and a time-out of the same subject wait for each other and never in a circle.
   */
  void lock(Transaction transaction, String subjectId);

  /** What somebody is told who decides on it although nothing was ever asked about it. */
  RequestRefused asksNobody(Transaction transaction, String subjectId);

  /** Takes the answer, in the transaction that decided it. */
  void decided(Transaction transaction, Approval approval);

  /** Hears of a person's word that counts and decides nothing yet, before {@link #waitsOn}. */
  default void counted(Transaction transaction, Approval approval) {}

  /** Takes the last answer but others are still asked, or more people are asked now. */
  default void waitsOn(Transaction transaction, Approval approval) {}
}
