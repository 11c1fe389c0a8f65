-- The first answer to each call that carries an Idempotency-Key, for 24 hours.
CREATE TABLE control.idempotent_calls (
  caller      text        NOT NULL,
  key         text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  fingerprint text        NOT NULL,
  claim       uuid        NOT NULL,
  seed        uuid        NOT NULL,
  begun_at    timestamptz NOT NULL,
  lease_until timestamptz NOT NULL,
  status      smallint,
  headers     jsonb,
  body        bytea,
  PRIMARY KEY (caller, key),
  CHECK ((status IS NULL) = (headers IS NULL) AND (status IS NULL) = (body IS NULL))
);
COMMENT ON TABLE control.idempotent_calls IS 'One row for each (caller, key). Without a status it is in flight until lease_until; ids made from seed are the same in each attempt.';
CREATE INDEX idempotent_calls_begun ON control.idempotent_calls (begun_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON control.idempotent_calls TO control_api;
-- Answers are for their caller alone.
REVOKE ALL ON control.idempotent_calls FROM control_reader, control_dryrun;
