-- A bulk load goes without indexes and keys too: made at its end, in one pass each, they take a
-- fraction of what they cost row by row.
ALTER TABLE suspended_references ADD COLUMN kind text NOT NULL DEFAULT 'foreign key'
  CHECK (kind IN ('key', 'index', 'foreign key'));
COMMENT ON TABLE suspended_references IS 'Keys, indexes and foreign keys dropped for a bulk load and not yet back; empty at all other times.';
COMMENT ON COLUMN suspended_references.table_name IS 'The table that it belongs to.';
COMMENT ON COLUMN suspended_references.definition IS 'Of a constraint as ALTER TABLE … ADD CONSTRAINT takes it, of an index the whole statement.';
COMMENT ON COLUMN suspended_references.kind IS 'What it is: keys come back first, foreign keys last.';

CREATE OR REPLACE FUNCTION suspend_references() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = marketplace, pg_temp AS $$
DECLARE
  dropped suspended_references;
BEGIN
  IF EXISTS (SELECT FROM users) THEN
    RAISE EXCEPTION 'The marketplace has data already';
  END IF;
  INSERT INTO suspended_references (table_name, name, definition, kind)
    SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), CASE contype WHEN 'f' THEN 'foreign key' ELSE 'key' END
      FROM pg_constraint
     WHERE contype IN ('p', 'u', 'f') AND connamespace = 'marketplace'::regnamespace
       AND conrelid::regclass NOT IN ('suspended_references'::regclass)
       AND conrelid::regclass::text NOT LIKE '%schema_history'
    UNION ALL
    SELECT indrelid::regclass, relname, pg_get_indexdef(indexrelid), 'index'
      FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE relnamespace = 'marketplace'::regnamespace
       AND indrelid::regclass::text NOT LIKE '%schema_history'
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid);
  FOR dropped IN SELECT * FROM suspended_references ORDER BY kind <> 'foreign key' LOOP
    IF dropped.kind = 'index' THEN
      EXECUTE format('DROP INDEX marketplace.%I', dropped.name);
    ELSE
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', dropped.table_name, dropped.name);
    END IF;
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION restore_references() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = marketplace, pg_temp SET maintenance_work_mem = '512MB' AS $$
DECLARE
  dropped suspended_references;
BEGIN
  FOR dropped IN
    SELECT * FROM suspended_references ORDER BY array_position('{key,index,foreign key}', kind), table_name::text, name LOOP
    IF dropped.kind = 'index' THEN
      EXECUTE dropped.definition;
    ELSE
      EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', dropped.table_name, dropped.name, dropped.definition);
    END IF;
  END LOOP;
  DELETE FROM suspended_references;
END
$$;
