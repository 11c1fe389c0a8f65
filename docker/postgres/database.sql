-- Who may enter the current database and who may make a schema in it. Idempotent; run it as a
-- superuser in each database of the control center, after roles.sql.
DO $$
DECLARE
  here text := current_database();
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', here);
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO control_owner, control_api, control_worker, '
    'control_dryrun, control_query, control_reader, marketplace_owner, marketplace_app, gateway', here);
  EXECUTE format('GRANT CREATE ON DATABASE %I TO control_owner, marketplace_owner, gateway', here);
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
