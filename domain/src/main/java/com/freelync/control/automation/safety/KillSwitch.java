package com.freelync.control.automation.safety;

import com.freelync.control.database.Transaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Stops what acts, of one automation or of all, at once: when it has been switched, no step of them
 * acts any more, nor is one about to. Steps wait until it is switched back.
 */
final class KillSwitch {
  /** The scope of all automations. */
  static final String ALL = "*";

  private KillSwitch() {}

  /**
   * Makes sure that no switch is on.
   *
   * @throws HeldUp if one is
   */
  static void requireOff(Transaction transaction, UUID workflowId) {
    transaction.attach(Dao.class).on(ALL, workflowId.toString()).stream()
        .findFirst()
        .ifPresent(
            on -> {
              throw new HeldUp(
                  HeldUp.Hold.KILL_SWITCH,
                  "%s stopped %s: %s"
                      .formatted(
                          on.by(),
                          on.scope().equals(ALL) ? "all automations" : "this automation",
                          on.reason()),
                  BigDecimal.ZERO,
                  null);
            });
  }

  /** Whether there is such an automation. */
  static boolean isKnown(Transaction transaction, UUID workflowId) {
    return transaction.attach(Dao.class).isKnown(workflowId);
  }

  static void set(Transaction transaction, Switched switched) {
    Dao dao = transaction.attach(Dao.class);
    // A step that acts may take its whole second and a half.
    dao.bePatient();
    dao.stop();
    dao.set(switched.scope(), switched.isOn(), switched.by(), switched.reason(), switched.at());
  }

  static List<Switched> all(Handle handle) {
    return handle.attach(Dao.class).all();
  }

  interface Dao {
    @SqlQuery("SELECT set_config('lock_timeout', '10s', true)")
    String bePatient();

    @SqlQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtext('control.kill_switch'))")
    int stop();

    @SqlQuery(
        """
        SELECT scope, is_on, by, reason, at FROM control.kill_switch
         WHERE is_on AND scope IN (:all, :workflow) ORDER BY scope
        """)
    List<Switched> on(@Bind("all") String all, @Bind("workflow") String workflow);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM control.automation_workflow WHERE id = :id)")
    boolean isKnown(@Bind("id") UUID id);

    @SqlUpdate(
        """
        INSERT INTO control.kill_switch (scope, is_on, by, reason, at)
        VALUES (:scope, :isOn, :by, :reason, :at)
        ON CONFLICT (scope) DO UPDATE
           SET is_on = excluded.is_on, by = excluded.by, reason = excluded.reason, at = excluded.at
        """)
    int set(
        @Bind("scope") String scope,
        @Bind("isOn") boolean isOn,
        @Bind("by") String by,
        @Bind("reason") String reason,
        @Bind("at") Instant at);

    @SqlQuery("SELECT scope, is_on, by, reason, at FROM control.kill_switch ORDER BY scope")
    List<Switched> all();
  }
}
