-- The login roles of the control center, one for each kind of process, without passwords: whoever
-- runs this sets them afterwards (ALTER ROLE … PASSWORD …). Idempotent; independent of any database.
SET password_encryption = 'scram-sha-256';

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY[
    'control_owner',      -- owns schema control: migrations
    'control_api',        -- the API servers
    'control_worker',     -- the workers
    'control_dryrun',     -- dry runs: cannot write
    'control_query',      -- questions to metrics: sums and sets, no rows of people
    'control_reader',     -- people and status pages: reads, no personal columns
    'marketplace_owner',  -- owns schema marketplace: migrations
    'marketplace_app',    -- the marketplace itself (simulator, generator)
    'gateway'             -- the payment gateway simulator, owns schema gateway
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I', wanted);
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', wanted);
  END LOOP;
END
$$;

-- A habit, not the guard: what keeps these from writing is that they are granted SELECT alone.
ALTER ROLE control_dryrun SET default_transaction_read_only = on;
ALTER ROLE control_query SET default_transaction_read_only = on;
ALTER ROLE control_query SET statement_timeout = '10s';
ALTER ROLE control_query SET transaction_timeout = '20s';
ALTER ROLE control_reader SET default_transaction_read_only = on;
ALTER ROLE control_reader SET statement_timeout = '60s';
-- Where rollups are doubted, whole tables are joined: with the usual 4 MB PostgreSQL cuts them into so
-- many parts that the parts' buffers alone take gigabytes.
ALTER ROLE control_query SET work_mem = '64MB';
ALTER ROLE control_query SET jit = off;
ALTER ROLE control_worker SET work_mem = '64MB';
