package com.freelync.control.approval;

import com.freelync.control.database.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who may decide in whose stead. */
public interface StandIns {
  /** Those for whom the person may decide now. */
  List<Principal> of(Transaction transaction, String subject);

  /** Those who may decide now for somebody else than these who holds one of the roles. */
  Set<String> forHolders(Transaction transaction, Set<Role> roles, Set<String> except);

  /** The ways in which a person may decide: in person, then for each who delegated to them. */
  default List<Given> candidates(Transaction transaction, Approver approver) {
    List<Given> candidates = new ArrayList<>();
    candidates.add(approver.inPerson());
    of(transaction, approver.subject())
        .forEach(
            principal ->
                candidates.add(
                    new Given(approver.subject(), principal.roles(), principal.subject())));
    return candidates;
  }

  /** Somebody who has delegated, and their roles. */
  record Principal(String subject, Set<Role> roles) {}
}
