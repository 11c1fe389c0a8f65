-- A generated marketplace is loaded without its foreign keys, which are checked all at once in the
-- end: row by row the checks take most of the time. Only an empty marketplace may be loaded so.
CREATE TABLE suspended_references (
  table_name regclass NOT NULL,
  name       name NOT NULL,
  definition text NOT NULL,
  PRIMARY KEY (table_name, name)
);
COMMENT ON TABLE suspended_references IS 'Foreign keys dropped for a bulk load and not yet back; empty at all other times.';
COMMENT ON COLUMN suspended_references.table_name IS 'The table of the foreign key.';
COMMENT ON COLUMN suspended_references.name IS 'Its name.';
COMMENT ON COLUMN suspended_references.definition IS 'Its definition, as ALTER TABLE … ADD CONSTRAINT takes it.';

CREATE FUNCTION suspend_references() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = marketplace, pg_temp AS $$
DECLARE
  foreign_key record;
BEGIN
  IF EXISTS (SELECT FROM users) THEN
    RAISE EXCEPTION 'The marketplace has data already';
  END IF;
  FOR foreign_key IN
    SELECT conrelid::regclass AS table_name, conname, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint
    WHERE contype = 'f' AND connamespace = 'marketplace'::regnamespace
  LOOP
    INSERT INTO suspended_references
    VALUES (foreign_key.table_name, foreign_key.conname, foreign_key.definition);
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', foreign_key.table_name, foreign_key.conname);
  END LOOP;
END
$$;

CREATE FUNCTION restore_references() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = marketplace, pg_temp AS $$
DECLARE
  foreign_key record;
BEGIN
  FOR foreign_key IN DELETE FROM suspended_references RETURNING * LOOP
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s',
                   foreign_key.table_name, foreign_key.name, foreign_key.definition);
  END LOOP;
END
$$;

GRANT SELECT ON suspended_references TO marketplace_app;
REVOKE ALL ON FUNCTION suspend_references(), restore_references() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION suspend_references(), restore_references() TO marketplace_app;
