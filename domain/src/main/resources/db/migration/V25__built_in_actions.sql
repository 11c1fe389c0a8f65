-- What the built-in actions keep: reports, messages to other systems, and who was told of an expiry.

CREATE TABLE control.report_artifact (
  id           uuid PRIMARY KEY,
  execution_id uuid        NOT NULL,
  step         text        NOT NULL CHECK (length(step) BETWEEN 1 AND 2000),
  title        text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  format       text        NOT NULL CHECK (format IN ('CSV', 'HTML', 'PDF')),
  period       text        NOT NULL CHECK (period IN ('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY')),
  period_start timestamp   NOT NULL,
  period_end   timestamp   NOT NULL CHECK (period_end > period_start),
  row_count    integer     NOT NULL CHECK (row_count >= 0),
  content      bytea       NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 5242880),
  sha256       text        NOT NULL CHECK (sha256 = encode(sha256(content), 'hex')),
  created_by   text        NOT NULL,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL CHECK (expires_at > created_at)
);
COMMENT ON TABLE control.report_artifact IS 'Reports as they were made, at most 5 MiB each; never changed, and removed only after expires_at. The id is made of the execution, the step and the item. Times of periods are those of Addis Ababa.';
CREATE INDEX report_artifact_listing ON control.report_artifact (created_at DESC, id DESC);
CREATE INDEX report_artifact_expiry ON control.report_artifact (expires_at);

CREATE FUNCTION control.refuse_early_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.expires_at > clock_timestamp() THEN
    RAISE EXCEPTION 'the report % is kept until %', old.id, old.expires_at
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN old;
END $$;
CREATE TRIGGER report_artifact_immutable BEFORE UPDATE ON control.report_artifact
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER report_artifact_kept BEFORE DELETE ON control.report_artifact
  FOR EACH ROW EXECUTE FUNCTION control.refuse_early_removal();
CREATE TRIGGER report_artifact_no_truncate BEFORE TRUNCATE ON control.report_artifact
  FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_change();
GRANT SELECT ON control.report_artifact TO control_api, control_worker;
GRANT INSERT, DELETE ON control.report_artifact TO control_worker;

CREATE TABLE control.outgoing_message (
  id         uuid PRIMARY KEY,
  channel    text        NOT NULL CHECK (channel IN ('webhook', 'chat')),
  url        text        NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
  subject    text        NOT NULL,
  text       text        NOT NULL,
  link       text        NOT NULL,
  secret     text,
  actor      text        NOT NULL,
  request_id text,
  status     text        NOT NULL CHECK (status IN ('OWED', 'SENT', 'REFUSED', 'FAILED')),
  problem    text,
  created_at timestamptz NOT NULL,
  ended_at   timestamptz,
  CHECK ((status = 'OWED') = (ended_at IS NULL)),
  CHECK (channel <> 'webhook' OR secret IS NOT NULL)
);
COMMENT ON TABLE control.outgoing_message IS 'What another system is told by webhook or chat. secret names the setting that signs it. REFUSED: the other side, or the rule of addresses, said no for good; FAILED: given up after a day.';
CREATE INDEX outgoing_message_unsent ON control.outgoing_message (status, created_at) WHERE status <> 'SENT';
GRANT SELECT, INSERT ON control.outgoing_message TO control_worker;
GRANT UPDATE (status, problem, ended_at) ON control.outgoing_message TO control_worker;
-- The address of a chat is as good as a password of it.
REVOKE ALL ON control.outgoing_message FROM control_reader, control_dryrun;

CREATE TABLE control.document_notice (
  document_id uuid        NOT NULL,
  expires_on  date        NOT NULL,
  call_id     uuid        NOT NULL,
  told_at     timestamptz NOT NULL,
  PRIMARY KEY (document_id, expires_on)
);
COMMENT ON TABLE control.document_notice IS 'Of which expiry of which document its owner was told: once. call_id is the call of the action that did it.';
CREATE INDEX document_notice_call ON control.document_notice (call_id);
GRANT SELECT, INSERT ON control.document_notice TO control_worker;
