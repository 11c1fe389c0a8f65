package com.freelync.control.approval;

import com.freelync.control.database.Transaction;
import java.util.List;
import java.util.Set;

/** Who may decide in whose stead. */
@FunctionalInterface
public interface StandIns {
  /** Those for whom the person may decide now. */
  List<Principal> of(Transaction transaction, String subject);

  /** Somebody who has delegated, and their roles. */
  record Principal(String subject, Set<Role> roles) {}
}
