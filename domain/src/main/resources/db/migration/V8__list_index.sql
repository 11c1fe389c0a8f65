-- One index for each way in which a list is asked for, in the order of its pages.
CREATE INDEX workflow_execution_by_status ON control.workflow_execution (status, created_at DESC, id DESC);
CREATE INDEX workflow_execution_by_workflow_status
  ON control.workflow_execution (workflow_id, status, created_at DESC, id DESC);
-- An entity is asked for by its id, with or without its type; few rows share an id.
DROP INDEX control.workflow_execution_entity;
CREATE INDEX workflow_execution_by_entity ON control.workflow_execution (entity_id, created_at DESC, id DESC);
CREATE INDEX workflow_execution_by_event ON control.workflow_execution (event_id) WHERE event_id IS NOT NULL;
-- What the sweeps of the workers look for.
DROP INDEX control.workflow_execution_open;
CREATE INDEX workflow_execution_open ON control.workflow_execution (created_at DESC, id DESC) WHERE finished_at IS NULL;
CREATE INDEX payout_transfer_open ON control.payout_transfer (created_at, payout_id) WHERE status IN ('CREATED', 'SENDING');

CREATE INDEX automation_workflow_by_status ON control.automation_workflow (status, created_at DESC, id DESC);
CREATE INDEX automation_workflow_by_name ON control.automation_workflow (name, created_at DESC, id DESC);

-- An execution is listed with the name of the version that it runs.
ALTER TABLE control.automation_version
  ADD COLUMN name text NOT NULL GENERATED ALWAYS AS (definition ->> 'name') STORED;
COMMENT ON COLUMN control.automation_version.name IS 'The name in the definition.';
