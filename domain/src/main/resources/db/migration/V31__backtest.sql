-- Definitions tried on the past.
CREATE TABLE control.backtest (
  id          uuid        PRIMARY KEY,
  workflow_id uuid        REFERENCES control.automation_workflow,
  version     integer,
  status      text        NOT NULL CHECK (status IN ('RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  definition  jsonb       NOT NULL,
  other       jsonb,
  from_at     timestamptz NOT NULL,
  to_at       timestamptz NOT NULL CHECK (to_at > from_at),
  done        bigint      NOT NULL CHECK (done >= 0),
  total       bigint      NOT NULL CHECK (total >= 0),
  state       jsonb       NOT NULL,
  problem     text,
  created_by  text        NOT NULL,
  created_at  timestamptz NOT NULL,
  finished_at timestamptz,
  CHECK ((status = 'RUNNING') = (finished_at IS NULL)),
  CHECK ((workflow_id IS NULL) = (version IS NULL))
);
COMMENT ON TABLE control.backtest IS 'What definitions would have done in a period. state is what was found up to the last event that was looked at; it is written with done, part by part.';
CREATE INDEX backtest_listing ON control.backtest (created_at DESC, id DESC);
CREATE INDEX backtest_of_workflow ON control.backtest (workflow_id, created_at DESC, id DESC);
CREATE INDEX backtest_running ON control.backtest (created_by) WHERE status = 'RUNNING';
GRANT SELECT, INSERT ON control.backtest TO control_api;
GRANT UPDATE (status, problem, finished_at) ON control.backtest TO control_api;
GRANT SELECT, UPDATE ON control.backtest TO control_worker;
