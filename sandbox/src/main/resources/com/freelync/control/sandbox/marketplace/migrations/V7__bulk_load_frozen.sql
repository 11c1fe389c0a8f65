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

-- Keys and indexes, and foreign keys that hold for new rows; those of the load are still to be checked.
CREATE OR REPLACE FUNCTION restore_references() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = marketplace, pg_temp SET maintenance_work_mem = '512MB' AS $$
DECLARE
  dropped suspended_references;
  loaded regclass;
BEGIN
  FOR dropped IN
    SELECT * FROM suspended_references ORDER BY array_position('{key,index,foreign key}', kind), table_name::text, name LOOP
    CASE dropped.kind
      WHEN 'key' THEN EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', dropped.table_name, dropped.name, dropped.definition);
      WHEN 'index' THEN EXECUTE dropped.definition;
      WHEN 'foreign key' THEN EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s NOT VALID', dropped.table_name, dropped.name, dropped.definition);
    END CASE;
  END LOOP;
  FOR loaded IN SELECT DISTINCT table_name FROM suspended_references LOOP
    EXECUTE format('ALTER TABLE %s RESET (autovacuum_enabled)', loaded);
    EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', loaded);
  END LOOP;
  DELETE FROM suspended_references WHERE kind <> 'foreign key';
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
REVOKE ALL ON FUNCTION begin_load, end_load, check_references FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_load, end_load, check_references TO marketplace_app;
