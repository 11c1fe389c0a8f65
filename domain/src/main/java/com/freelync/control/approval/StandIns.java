package com.freelync.control.approval;

import com.freelync.control.database.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may decide in whose stead. */
public interface StandIns {
  /** Those for whom the person may decide now. */
  List<Principal> of(Transaction transaction, String subject);

  /** Those who may decide now for somebody else than these who holds one of the roles. */
  Set<String> forHolders(Transaction transaction, Set<Role> roles, Set<String> except);

  /** A person as the directory has them; empty if it knows nobody of that name. */
  Optional<Principal> person(Transaction transaction, String subject);

  /**
   * The ways in which a person may decide whatever is asked: in person, then for each who delegated
   * to them.
   */
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

  /** The ways in which a person may decide one request: those, then as it was handed to them. */
  default List<Given> candidates(
      Transaction transaction, Approver approver, Approval approval, List<Given> always) {
    List<Given> candidates = new ArrayList<>(always);
    approval.delegations().stream()
        .filter(delegation -> delegation.to().equals(approver.subject()))
        // Who has left the directory decides for nobody.
        .filter(delegation -> person(transaction, delegation.to()).isPresent())
        .flatMap(delegation -> person(transaction, delegation.from()).stream())
        .forEach(
            from -> candidates.add(new Given(approver.subject(), from.roles(), from.subject())));
    return candidates;
  }

  /** Somebody who has delegated, and their roles. */
  record Principal(String subject, Set<Role> roles) {}
}
