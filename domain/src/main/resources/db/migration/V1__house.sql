-- The house: who may use schema control, the audit log and the outbox.
-- The roles are made beforehand by docker/postgres/roles.sql; a missing one fails here, by name.

GRANT USAGE ON SCHEMA control TO control_api, control_worker, control_dryrun, control_reader;

-- People and dry runs read everything that later migrations create here.
ALTER DEFAULT PRIVILEGES IN SCHEMA control GRANT SELECT ON TABLES TO control_dryrun, control_reader;

CREATE FUNCTION control.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %.% is refused: it is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TABLE control.audit_log (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  txid         xid8        NOT NULL DEFAULT pg_current_xact_id(),
  at           timestamptz NOT NULL,
  actor        text        NOT NULL,
  action       text        NOT NULL,
  subject_type text        NOT NULL,
  subject_id   text        NOT NULL,
  outcome      text        NOT NULL CHECK (outcome IN ('ALLOWED', 'REFUSED')),
  reason       text,
  details      jsonb       NOT NULL DEFAULT '{}',
  request_id   text
);
COMMENT ON TABLE control.audit_log IS 'Every change and every refused attempt; written in the change''s transaction, chained later by one sealer in commit order (txid).';
CREATE INDEX audit_log_subject ON control.audit_log (subject_type, subject_id, id);
CREATE INDEX audit_log_actor ON control.audit_log (actor, id);
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON control.audit_log
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON control.audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_change();
GRANT SELECT, INSERT ON control.audit_log TO control_api, control_worker;

CREATE TABLE control.outbox (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic           text        NOT NULL,
  key             text        NOT NULL,
  payload         jsonb       NOT NULL,
  request_id      text,
  created_at      timestamptz NOT NULL DEFAULT now(),
  next_attempt_at timestamptz NOT NULL,
  attempts        integer     NOT NULL DEFAULT 0,
  last_error      text
);
COMMENT ON TABLE control.outbox IS 'What Temporal must still hear. A row is deleted once delivered; next_attempt_at in the future is a lease or a back-off.';
CREATE INDEX outbox_due ON control.outbox (next_attempt_at, id);
GRANT SELECT, INSERT, UPDATE, DELETE ON control.outbox TO control_api, control_worker;
