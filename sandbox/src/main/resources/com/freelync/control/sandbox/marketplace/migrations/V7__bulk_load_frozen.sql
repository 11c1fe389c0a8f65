-- A bulk load writes each row once: into a table emptied in the same transaction, so that rows are
-- frozen from the start and need neither write-ahead log (with wal_level = minimal) nor vacuum. Triggers
-- are told of the TRUNCATE, and not of each row. References are checked table by table, by as many
-- connections as one likes.

-- To be called in the transaction that copies into the table with FREEZE.
CREATE FUNCTION begin_load(of_table text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = marketplace, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM suspended_references
                  WHERE kind = 'key' AND table_name = to_regclass(format('marketplace.%I', of_table))) THEN
    RAISE EXCEPTION 'No bulk load of % is under way', of_table;
  END IF;
  EXECUTE format('TRUNCATE marketplace.%I', of_table);
  EXECUTE format('ALTER TABLE marketplace.%I DISABLE TRIGGER USER', of_table);
  -- Vacuum would read all of it for nothing, and compete with the load.
  EXECUTE format('ALTER TABLE marketplace.%I SET (autovacuum_enabled = off)', of_table);
END
$$;

-- And this at the end of that transaction.
CREATE FUNCTION end_load(of_table text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = marketplace, pg_temp AS $$
BEGIN
  EXECUTE format('ALTER TABLE marketplace.%I ENABLE TRIGGER USER', of_table);
END
$$;

-- Keys and indexes of one table. One at a time, each in a transaction of its own: whoever reads two
-- tables meanwhile waits for one, and nobody waits for each other.
CREATE FUNCTION restore_keys(loaded regclass) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = marketplace, pg_temp SET maintenance_work_mem = '512MB' AS $$
DECLARE
  dropped suspended_references;
BEGIN
  IF NOT EXISTS (SELECT FROM suspended_references WHERE table_name = loaded AND kind IN ('key', 'index')) THEN
    RETURN;
  END IF;
  FOR dropped IN
    SELECT * FROM suspended_references WHERE table_name = loaded AND kind IN ('key', 'index') ORDER BY kind DESC, name LOOP
    IF dropped.kind = 'index' THEN
      EXECUTE dropped.definition;
    ELSE
      EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', loaded, dropped.name, dropped.definition);
    END IF;
  END LOOP;
  EXECUTE format('ALTER TABLE %s RESET (autovacuum_enabled)', loaded);
  EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', loaded);
  UPDATE suspended_references SET kind = 'restored' WHERE table_name = loaded AND kind <> 'foreign key';
END
$$;
ALTER TABLE suspended_references DROP CONSTRAINT suspended_references_kind_check,
  ADD CHECK (kind IN ('key', 'index', 'foreign key', 'restored'));
COMMENT ON COLUMN suspended_references.kind IS 'What it is; restored once it is back while others of the same load are not.';

-- Foreign keys, which hold for new rows; those of the load are still to be checked.
CREATE OR REPLACE FUNCTION restore_references() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = marketplace, pg_temp AS $$
DECLARE
  dropped suspended_references;
BEGIN
  IF EXISTS (SELECT FROM suspended_references WHERE kind IN ('key', 'index')) THEN
    RAISE EXCEPTION 'Keys are not restored yet';
  END IF;
  FOR dropped IN
    SELECT * FROM suspended_references WHERE kind = 'foreign key' ORDER BY table_name::text, name LOOP
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s NOT VALID', dropped.table_name, dropped.name, dropped.definition);
  END LOOP;
  DELETE FROM suspended_references WHERE kind = 'restored';
END
$$;

-- Checks the rows of one table against all that they refer to, and tells the planner of them.
CREATE FUNCTION check_references(of_table text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = marketplace, pg_temp SET maintenance_work_mem = '512MB' AS $$
DECLARE
  reference suspended_references;
BEGIN
  FOR reference IN
    SELECT * FROM suspended_references WHERE kind = 'foreign key' AND table_name = format('marketplace.%I', of_table)::regclass LOOP
    EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', reference.table_name, reference.name);
    DELETE FROM suspended_references WHERE table_name = reference.table_name AND name = reference.name;
  END LOOP;
  EXECUTE format('ANALYZE marketplace.%I', of_table);
END
$$;
REVOKE ALL ON FUNCTION begin_load, end_load, restore_keys, check_references FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_load, end_load, restore_keys, check_references TO marketplace_app;
