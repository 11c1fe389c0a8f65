-- How long calculations of metrics take, for the service level and for alerts (OB-1, OB-4).
CREATE TABLE control.calculation (
  at        timestamptz NOT NULL,
  kind      text        NOT NULL CHECK (kind IN ('QUESTION', 'DASHBOARD', 'SNAPSHOT', 'RECORD')),
  millis    int         NOT NULL CHECK (millis >= 0),
  succeeded boolean     NOT NULL
);
COMMENT ON TABLE control.calculation IS 'Each calculation of metrics of the last days, by every process; written in batches some seconds later.';
COMMENT ON COLUMN control.calculation.at IS 'When it ended.';
COMMENT ON COLUMN control.calculation.kind IS 'What it was for.';
COMMENT ON COLUMN control.calculation.millis IS 'How long it took.';
COMMENT ON COLUMN control.calculation.succeeded IS 'Whether there was an answer.';
CREATE INDEX calculation_at ON control.calculation (at);
GRANT SELECT, INSERT, DELETE ON control.calculation TO control_api, control_worker;

-- Service levels and failure rates look at the runs that ended lately.
CREATE INDEX workflow_execution_finished ON control.workflow_execution (finished_at) WHERE finished_at IS NOT NULL;
