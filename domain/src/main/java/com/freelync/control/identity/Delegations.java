package com.freelync.control.identity;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.identity.DirectoryDao.DelegateRow;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may approve in a person's stead, as that person says. Once they have said so, be it an empty
 * list, the delegates of the configuration no longer count for them.
 */
public final class Delegations {
  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  public Delegations(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The delegations of a person that are not over.
   *
   * @throws RequestRefused.NotFound if the directory has no such person
   */
  public List<Delegation> of(String subject) {
    return database.read(
        handle -> {
          DirectoryDao dao = handle.attach(DirectoryDao.class);
          requirePerson(dao, subject);
          return standing(dao, subject, clock.instant());
        });
  }

  /**
   * Replaces the delegations of a person by the given ones.
   *
   * @throws RequestRefused.Invalid naming every field that is wrong
   * @throws RequestRefused.NotFound if the directory does not know who asks
   */
  public List<Delegation> replace(List<Delegation> delegates, Actor actor) {
    String subject = actor.subject();
    return database.transaction(
        transaction -> {
          DirectoryDao dao = transaction.attach(DirectoryDao.class);
          dao.lock();
          requirePerson(dao, subject);
          Instant now = clock.instant();
          List<FieldError> errors =
              DelegationRules.check(
                  "/delegates",
                  subject,
                  delegates,
                  to -> dao.find(to).isPresent(),
                  to -> standing(dao, to, now),
                  now);
          if (!errors.isEmpty()) {
            throw new RequestRefused.Invalid(errors);
          }
          dao.delegatesAreOwn(subject);
          dao.clearDelegates(subject);
          delegates.forEach(
              one -> dao.addDelegate(subject, one.to(), one.validFrom(), one.validUntil()));
          audit.record(
              transaction,
              AuditEntry.allowed(
                  actor,
                  "identity.delegate",
                  "person",
                  subject,
                  Map.of("delegates", delegates.stream().map(Delegations::described).toList())));
          return standing(dao, subject, now);
        });
  }

  private static void requirePerson(DirectoryDao dao, String subject) {
    if (dao.find(subject).isEmpty()) {
      throw new RequestRefused.NotFound("person in the directory named", subject);
    }
  }

  private static List<Delegation> standing(DirectoryDao dao, String subject, Instant now) {
    return dao.delegates(new String[] {subject}, now).stream()
        .map(DelegateRow::delegation)
        .toList();
  }

  private static Map<String, Object> described(Delegation one) {
    Map<String, Object> fields = new LinkedHashMap<>(Map.of("to", one.to()));
    if (one.validFrom() != null) {
      fields.put("valid_from", one.validFrom().toString());
    }
    if (one.validUntil() != null) {
      fields.put("valid_until", one.validUntil().toString());
    }
    return fields;
  }
}
