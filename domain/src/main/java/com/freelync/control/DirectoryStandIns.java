package com.freelync.control;

import com.freelync.control.approval.Role;
import com.freelync.control.approval.StandIns;
import com.freelync.control.database.Transaction;
import com.freelync.control.identity.Directory;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stand-ins as the directory of people knows them. */
record DirectoryStandIns(Directory directory) implements StandIns {
  @Override
  public List<Principal> of(Transaction transaction, String subject) {
    return directory.standingInFor(transaction.handle(), subject).stream()
        .map(person -> new Principal(person.subject(), person.roles()))
        .toList();
  }

  @Override
  public Optional<Principal> person(Transaction transaction, String subject) {
    return directory
        .find(transaction.handle(), subject)
        .map(person -> new Principal(person.subject(), person.roles()));
  }

  @Override
  public Set<String> forHolders(Transaction transaction, Set<Role> roles, Set<String> except) {
    return directory.standInsFor(transaction.handle(), roles, except);
  }
}
