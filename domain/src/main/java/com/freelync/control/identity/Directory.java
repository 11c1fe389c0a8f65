package com.freelync.control.identity;

import com.freelync.control.approval.Role;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.identity.DirectoryDao.DelegateRow;
import com.freelync.control.identity.DirectoryDao.PersonRow;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The directory of people: who there is, with which roles, and who stands in for whom. What takes a
 * handle sees what the caller's transaction sees ({@code transaction.handle()}). People who are no
 * longer configured are in none of the answers.
 */
public final class Directory {
  private final Database database;
  private final Clock clock;

  public Directory(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The person of a subject, if there is one who is active. */
  public Optional<PersonEntry> find(Handle handle, String subject) {
    return handle.attach(DirectoryDao.class).find(subject).map(Directory::entry);
  }

  /** Everyone who holds one of the roles, by subject. */
  public List<PersonEntry> holding(Handle handle, Set<Role> roles) {
    return reachable(handle, roles, Set.of());
  }

  /** Everyone who holds one of the roles or is named, by subject, each once. */
  public List<PersonEntry> reachable(Handle handle, Set<Role> roles, Set<String> subjects) {
    return handle
        .attach(DirectoryDao.class)
        .reachable(
            roles.stream().map(Role::name).toArray(String[]::new), subjects.toArray(String[]::new))
        .stream()
        .map(Directory::entry)
        .toList();
  }

  /** Who they are, by subject alone: asked by who may not see names, such as a dry run. */
  public static List<String> subjects(Handle handle, Set<Role> roles, Set<String> subjects) {
    return handle
        .attach(DirectoryDao.class)
        .subjects(
            roles.stream().map(Role::name).toArray(String[]::new), subjects.toArray(String[]::new));
  }

  /** Those in whose stead the subject may approve now, with the roles that the directory gives. */
  public List<PersonEntry> standingInFor(Handle handle, String subject) {
    return handle.attach(DirectoryDao.class).standingInFor(subject, clock.instant()).stream()
        .map(Directory::entry)
        .toList();
  }

  /** Who may approve now in the stead of somebody else than these who holds one of the roles. */
  public Set<String> standInsFor(Handle handle, Set<Role> roles, Set<String> except) {
    return handle
        .attach(DirectoryDao.class)
        .standInsFor(
            roles.stream().map(Role::name).toArray(String[]::new),
            except.toArray(String[]::new),
            clock.instant());
  }

  /** The roles of everyone in whose stead the subject may approve now. */
  public Set<Role> rolesLentTo(String subject) {
    return database.read(
        handle ->
            standingInFor(handle, subject).stream()
                .flatMap(person -> person.roles().stream())
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** Where mail reaches a person; asked only by who sends it. */
  public Optional<String> address(Handle handle, String subject) {
    return handle.attach(DirectoryDao.class).address(subject);
  }

  /** Active people with their delegates, after the cursor, in the configuration's order. */
  public List<Listed> list(Cursor after, int limit) {
    return database.read(
        handle -> {
          DirectoryDao dao = handle.attach(DirectoryDao.class);
          List<PersonRow> people = dao.list(after.at(), after.id(), limit);
          Map<String, List<Delegation>> delegates =
              dao
                  .delegates(
                      people.stream().map(PersonRow::subject).toArray(String[]::new),
                      clock.instant())
                  .stream()
                  .collect(
                      Collectors.groupingBy(
                          DelegateRow::fromSubject,
                          Collectors.mapping(DelegateRow::delegation, Collectors.toList())));
          return people.stream()
              .map(
                  row ->
                      new Listed(
                          entry(row),
                          delegates.getOrDefault(row.subject(), List.of()),
                          row.createdAt(),
                          row.id()))
              .toList();
        });
  }

  private static PersonEntry entry(PersonRow row) {
    return new PersonEntry(
        row.subject(),
        row.displayName(),
        row.roles().stream().map(Role::new).collect(Collectors.toUnmodifiableSet()),
        row.hasAddress());
  }

  /**
   * A person in a list.
   *
   * @param delegates who may approve in their stead, now or later
   * @param createdAt with the id, their place in the list
   */
  public record Listed(PersonEntry person, List<Delegation> delegates, Instant createdAt, UUID id) {
    public Listed {
      delegates = List.copyOf(delegates);
    }
  }
}
