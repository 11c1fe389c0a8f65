package com.freelync.control.identity;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.identity.DirectoryDao.DelegateRow;
import com.freelync.control.identity.DirectoryDao.KeptPerson;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings the directory's tables to what the configuration says. */
public final class DirectorySync {
  private static final Actor SYSTEM = new Actor("system", null);

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Supplier<UUID> ids;

  public DirectorySync(Database database, AuditLog audit, Clock clock, Supplier<UUID> ids) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Adds, changes and deactivates people in one transaction; who is no longer named becomes
   * inactive and is kept. The delegates of a person who has set their own are left as they are.
   */
  public Changes apply(People people) {
    return database.transaction(transaction -> apply(transaction, people));
  }

  private Changes apply(Transaction transaction, People people) {
    DirectoryDao dao = transaction.attach(DirectoryDao.class);
    dao.lock();
    Map<String, KeptPerson> kept = new HashMap<>();
    dao.kept().forEach(person -> kept.put(person.subject(), person));
    Changes changes = new Changes(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    // Lists show the newest first: the last of the file is made first, so they show its order.
    for (ConfiguredPerson person : people.all().reversed()) {
      put(dao, kept.get(person.subject()), person, changes);
    }
    for (ConfiguredPerson person : people.all()) {
      KeptPerson before = kept.remove(person.subject());
      if ((before == null || !before.ownDelegates()) && seed(dao, person)) {
        changes.changed().add(person.subject());
      }
    }
    for (KeptPerson gone : kept.values()) {
      if (gone.active()) {
        dao.deactivate(gone.subject());
        changes.deactivated().add(gone.subject());
      }
    }
    if (!changes.isEmpty()) {
      record(transaction, changes);
    }
    return changes;
  }

  private void put(
      DirectoryDao dao, @Nullable KeptPerson before, ConfiguredPerson person, Changes changes) {
    if (before != null && isSame(before, person)) {
      return;
    }
    dao.put(person.subject(), ids.get(), person.displayName(), person.address(), clock.instant());
    dao.clearRoles(person.subject());
    dao.addRoles(person.subject(), person.roles().toArray(String[]::new));
    (before == null ? changes.added() : changes.changed()).add(person.subject());
  }

  private static boolean isSame(KeptPerson before, ConfiguredPerson person) {
    return before.active()
        && before.displayName().equals(person.displayName())
        && Objects.equals(before.address(), person.address())
        && Set.copyOf(before.roles()).equals(person.roles());
  }

  /** Writes the configured delegates where they differ; what a person set against them wins. */
  private static boolean seed(DirectoryDao dao, ConfiguredPerson person) {
    List<Delegation> wanted = new ArrayList<>(person.delegates());
    wanted.sort(Comparator.comparing(Delegation::to));
    List<Delegation> before = every(dao, person.subject());
    if (before.equals(wanted)) {
      return false;
    }
    dao.clearDelegates(person.subject());
    wanted.forEach(
        one -> dao.addDelegate(person.subject(), one.to(), one.validFrom(), one.validUntil()));
    return !before.equals(every(dao, person.subject()));
  }

  private static List<Delegation> every(DirectoryDao dao, String subject) {
    return dao.everyDelegate(subject).stream()
        .map(DelegateRow::delegation)
        .sorted(Comparator.comparing(Delegation::to))
        .toList();
  }

  private void record(Transaction transaction, Changes changes) {
    audit.record(
        transaction,
        AuditEntry.allowed(
            SYSTEM,
            "directory.synchronise",
            "directory",
            "people",
            Map.of(
                "added", List.copyOf(changes.added()),
                "changed", List.copyOf(changes.changed()),
                "deactivated", List.copyOf(changes.deactivated()))));
  }

  /** The subjects that were added, changed and deactivated. */
  public record Changes(
      TreeSet<String> added, TreeSet<String> changed, TreeSet<String> deactivated) {
    /** Whether there was nothing to do. */
    public boolean isEmpty() {
      return added.isEmpty() && changed.isEmpty() && deactivated.isEmpty();
    }
  }
}
