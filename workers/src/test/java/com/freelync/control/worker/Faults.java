package com.freelync.control.worker;

import com.freelync.control.database.Database;
import com.freelync.control.database.TestDatabase;
import java.util.UUID;

/** Makes the database refuse, for a while, what a worker writes. */
final class Faults {
  private final Database owner;
  private final Database root;

  Faults(TestDatabase database) {
    owner = database.as("control_owner");
    root = database.as("postgres");
    run(
        owner,
        """
        CREATE TABLE control.test_fault (kind text PRIMARY KEY);
        CREATE SEQUENCE control.test_update;
        CREATE FUNCTION control.test_fault() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          IF EXISTS (SELECT FROM control.test_fault
                      WHERE kind IN (NEW.status, 'page ' || (to_jsonb(NEW) ->> 'pages')))
             OR (OLD.status IS DISTINCT FROM NEW.status
                 AND EXISTS (SELECT FROM control.test_fault WHERE kind = 'every other')
                 AND nextval('control.test_update') % 2 = 1) THEN
            RAISE EXCEPTION 'a fault for the test';
          END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER test_fault BEFORE UPDATE ON control.payout_transfer
          FOR EACH ROW EXECUTE FUNCTION control.test_fault();
        CREATE TRIGGER test_fault BEFORE UPDATE ON control.payout_correction
          FOR EACH ROW EXECUTE FUNCTION control.test_fault();
        CREATE TRIGGER test_fault BEFORE UPDATE ON control.reconciliation
          FOR EACH ROW EXECUTE FUNCTION control.test_fault();
        CREATE TRIGGER test_fault BEFORE UPDATE ON control.workflow_execution
          FOR EACH ROW EXECUTE FUNCTION control.test_fault();
        """);
  }

  /** Every first attempt to move an execution, a transfer or a correction fails. */
  void everyOther() {
    run(owner, "INSERT INTO control.test_fault VALUES ('every other')");
    run(owner, "ALTER SEQUENCE control.test_update RESTART");
  }

  /** Every attempt fails to reach this status. */
  void status(String status) {
    run(owner, "INSERT INTO control.test_fault VALUES ('" + status + "')");
  }

  /** No reconciliation gets beyond the page before this one. */
  void page(int number) {
    run(owner, "INSERT INTO control.test_fault VALUES ('page " + number + "')");
  }

  /** No worker can work with the database. */
  void away() {
    run(root, "ALTER ROLE control_worker NOLOGIN");
    run(
        root,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'control_worker'");
  }

  /** It can again. */
  void back() {
    run(root, "ALTER ROLE control_worker LOGIN");
  }

  void clear() {
    run(owner, "DELETE FROM control.test_fault");
  }

  private static void run(Database database, String sql) {
    database.transaction(
        transaction -> {
          transaction.handle().execute(sql);
          return UUID.randomUUID();
        });
  }
}
