package com.freelync.control.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface DirectoryDao {
  String PERSON =
      """
      SELECT p.subject, p.id, p.display_name, p.address IS NOT NULL AS has_address, p.created_at,
             ARRAY(SELECT r.role FROM control.person_role r
                    WHERE r.subject = p.subject ORDER BY r.role) AS roles
        FROM control.person p
       WHERE p.active
      """;

  @SqlQuery(PERSON + " AND p.subject = :subject")
  Optional<PersonRow> find(@Bind("subject") String subject);

  @SqlQuery(
      PERSON
          + """
            AND (p.subject = ANY(:subjects)
                 OR EXISTS (SELECT 1 FROM control.person_role held
                             WHERE held.subject = p.subject AND held.role = ANY(:roles)))
            ORDER BY p.subject
            """)
  List<PersonRow> reachable(@Bind("roles") String[] roles, @Bind("subjects") String[] subjects);

  @SqlQuery(
      """
      SELECT p.subject FROM control.person p
       WHERE p.active
         AND (p.subject = ANY(:subjects)
              OR EXISTS (SELECT 1 FROM control.person_role held
                          WHERE held.subject = p.subject AND held.role = ANY(:roles)))
       ORDER BY p.subject
      """)
  List<String> subjects(@Bind("roles") String[] roles, @Bind("subjects") String[] subjects);

  @SqlQuery(
      PERSON
          + """
            AND EXISTS (SELECT 1 FROM control.person_delegate d
                         WHERE d.from_subject = p.subject AND d.to_subject = :subject
                           AND tstzrange(d.valid_from, d.valid_until) @> CAST(:now AS timestamptz))
            AND EXISTS (SELECT 1 FROM control.person me
                         WHERE me.subject = :subject AND me.active)
            ORDER BY p.subject
            """)
  List<PersonRow> standingInFor(@Bind("subject") String subject, @Bind("now") Instant now);

  @SqlQuery(
      """
      SELECT DISTINCT d.to_subject
        FROM control.person_delegate d
        JOIN control.person p ON p.subject = d.from_subject AND p.active
        JOIN control.person_role held ON held.subject = p.subject AND held.role = ANY(:roles)
       WHERE NOT p.subject = ANY(:except)
         AND tstzrange(d.valid_from, d.valid_until) @> CAST(:now AS timestamptz)
      """)
  Set<String> standInsFor(
      @Bind("roles") String[] roles, @Bind("except") String[] except, @Bind("now") Instant now);

  @SqlQuery(
      PERSON
          + """
            AND (p.created_at, p.id) < (:at, :id)
            ORDER BY p.created_at DESC, p.id DESC LIMIT :limit
            """)
  List<PersonRow> list(@Bind("at") Instant at, @Bind("id") UUID id, @Bind("limit") int limit);

  @SqlQuery("SELECT address FROM control.person WHERE subject = :subject AND active")
  Optional<String> address(@Bind("subject") String subject);

  /** Delegations that are not over, of people on either side of them who are active. */
  @SqlQuery(
      """
      SELECT d.from_subject, d.to_subject, d.valid_from, d.valid_until
        FROM control.person_delegate d
        JOIN control.person t ON t.subject = d.to_subject AND t.active
       WHERE d.from_subject = ANY(:subjects)
         AND (d.valid_until IS NULL OR d.valid_until > :now)
       ORDER BY d.from_subject, d.to_subject
      """)
  List<DelegateRow> delegates(@Bind("subjects") String[] subjects, @Bind("now") Instant now);

  /**
   * Lets one transaction at a time change the directory: several APIs may start at once, and two
   * people may name each other in the same moment.
   */
  @SqlQuery("SELECT pg_advisory_xact_lock(hashtextextended('control.person', 0)) IS NULL")
  boolean lock();

  @SqlQuery(
      """
      SELECT p.subject, p.display_name, p.address, p.active, p.own_delegates,
             ARRAY(SELECT r.role FROM control.person_role r
                    WHERE r.subject = p.subject ORDER BY r.role) AS roles
        FROM control.person p
      """)
  List<KeptPerson> kept();

  @SqlUpdate(
      """
      INSERT INTO control.person (subject, id, display_name, address, active, created_at)
      VALUES (:subject, :id, :name, :address, true, :at)
      ON CONFLICT (subject) DO UPDATE
         SET display_name = EXCLUDED.display_name, address = EXCLUDED.address, active = true
      """)
  void put(
      @Bind("subject") String subject,
      @Bind("id") UUID id,
      @Bind("name") String name,
      @Bind("address") @Nullable String address,
      @Bind("at") Instant at);

  @SqlUpdate("UPDATE control.person SET active = false WHERE subject = :subject")
  void deactivate(@Bind("subject") String subject);

  @SqlUpdate("DELETE FROM control.person_role WHERE subject = :subject")
  void clearRoles(@Bind("subject") String subject);

  @SqlUpdate(
      """
      INSERT INTO control.person_role (subject, role)
      SELECT :subject, unnest(CAST(:roles AS text[]))
      """)
  void addRoles(@Bind("subject") String subject, @Bind("roles") String[] roles);

  @SqlQuery(
      """
      SELECT from_subject, to_subject, valid_from, valid_until FROM control.person_delegate
       WHERE from_subject = :subject ORDER BY to_subject
      """)
  List<DelegateRow> everyDelegate(@Bind("subject") String subject);

  @SqlUpdate("DELETE FROM control.person_delegate WHERE from_subject = :subject")
  void clearDelegates(@Bind("subject") String subject);

  /** Adds a delegation unless it closes a circle of two with one that stands. */
  @SqlUpdate(
      """
      INSERT INTO control.person_delegate (from_subject, to_subject, valid_from, valid_until)
      SELECT :from, :to, :validFrom, :validUntil
       WHERE NOT EXISTS (
             SELECT 1 FROM control.person_delegate back
              WHERE back.from_subject = :to AND back.to_subject = :from
                AND tstzrange(back.valid_from, back.valid_until)
                    && tstzrange(CAST(:validFrom AS timestamptz), CAST(:validUntil AS timestamptz)))
      """)
  int addDelegate(
      @Bind("from") String from,
      @Bind("to") String to,
      @Bind("validFrom") @Nullable Instant validFrom,
      @Bind("validUntil") @Nullable Instant validUntil);

  @SqlUpdate("UPDATE control.person SET own_delegates = true WHERE subject = :subject")
  void delegatesAreOwn(@Bind("subject") String subject);

  /** An active person. */
  record PersonRow(
      String subject,
      UUID id,
      String displayName,
      boolean hasAddress,
      Instant createdAt,
      List<String> roles) {}

  /** A person as they are kept, active or not. */
  record KeptPerson(
      String subject,
      String displayName,
      @Nullable String address,
      boolean active,
      boolean ownDelegates,
      List<String> roles) {}

  /** A delegation. */
  record DelegateRow(
      String fromSubject,
      String toSubject,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil) {
    Delegation delegation() {
      return new Delegation(toSubject, validFrom, validUntil);
    }
  }
}
