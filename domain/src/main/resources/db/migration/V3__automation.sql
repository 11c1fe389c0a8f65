-- Automations, their versions, and their executions.
CREATE TABLE control.automation_workflow (
  id             uuid PRIMARY KEY,
  name           text        NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  status         text        NOT NULL CHECK (status IN ('DRAFT', 'PENDING', 'ACTIVE', 'PAUSED', 'ARCHIVED')),
  latest_version integer     NOT NULL CHECK (latest_version > 0),
  active_version integer,
  event_type     text,
  revision       bigint      NOT NULL DEFAULT 1,
  created_by     text        NOT NULL,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  CHECK (status NOT IN ('ACTIVE', 'PAUSED') OR active_version IS NOT NULL)
);
COMMENT ON TABLE control.automation_workflow IS 'One automation; what runs is its active_version. event_type is that version''s trigger, kept for matching.';
CREATE INDEX automation_workflow_matching ON control.automation_workflow (event_type) WHERE status = 'ACTIVE';
CREATE INDEX automation_workflow_listing ON control.automation_workflow (created_at DESC, id DESC);

CREATE TABLE control.automation_version (
  workflow_id  uuid        NOT NULL REFERENCES control.automation_workflow,
  version      integer     NOT NULL CHECK (version > 0),
  definition   jsonb       NOT NULL,
  content_hash text        NOT NULL,
  moves_money  boolean     NOT NULL,
  created_by   text        NOT NULL,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (workflow_id, version)
);
COMMENT ON TABLE control.automation_version IS 'A definition as it was written; never changed. content_hash is the SHA-256 of its canonical form, what an approval is bound to.';
CREATE TRIGGER automation_version_immutable BEFORE UPDATE OR DELETE ON control.automation_version
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER automation_version_no_truncate BEFORE TRUNCATE ON control.automation_version
  FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_change();

CREATE TABLE control.workflow_execution (
  id               uuid PRIMARY KEY,
  workflow_id      uuid        NOT NULL,
  workflow_version integer     NOT NULL,
  status           text        NOT NULL CHECK (status IN ('PENDING', 'AWAITING_APPROVAL', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'REJECTED', 'SKIPPED')),
  trigger_type     text        NOT NULL CHECK (trigger_type IN ('SCHEDULED', 'EVENT', 'STATE_CHANGE', 'MANUAL')),
  triggered_by     text        NOT NULL,
  why              text,
  event_id         uuid        REFERENCES control.event,
  trigger_data     jsonb       NOT NULL,
  entity_type      text,
  entity_id        text,
  facts            jsonb       NOT NULL,
  conditions       jsonb       NOT NULL,
  reason           text,
  error            jsonb,
  run              integer     NOT NULL DEFAULT 1,
  request_id       text,
  created_at       timestamptz NOT NULL,
  started_at       timestamptz,
  finished_at      timestamptz,
  cancel_requested_at timestamptz,
  cancel_requested_by text,
  cancel_reason    text,
  FOREIGN KEY (workflow_id, workflow_version) REFERENCES control.automation_version,
  UNIQUE (workflow_id, event_id),
  CHECK ((finished_at IS NULL) = (status IN ('PENDING', 'AWAITING_APPROVAL', 'RUNNING')))
);
COMMENT ON TABLE control.workflow_execution IS 'One run of an automation, or why it did not run (SKIPPED). An event makes at most one for each automation.';
CREATE INDEX workflow_execution_listing ON control.workflow_execution (created_at DESC, id DESC);
CREATE INDEX workflow_execution_by_workflow ON control.workflow_execution (workflow_id, created_at DESC, id DESC);
CREATE INDEX workflow_execution_open ON control.workflow_execution (status, created_at DESC, id DESC) WHERE finished_at IS NULL;
CREATE INDEX workflow_execution_entity ON control.workflow_execution (entity_type, entity_id);

CREATE TABLE control.execution_step (
  execution_id uuid        NOT NULL REFERENCES control.workflow_execution,
  path         text        NOT NULL,
  item         text        NOT NULL DEFAULT '',
  ordinal      bigint      GENERATED ALWAYS AS IDENTITY,
  action       text        NOT NULL,
  status       text        NOT NULL CHECK (status IN ('RUNNING', 'COMPLETED', 'FAILED', 'SKIPPED')),
  attempts     integer     NOT NULL DEFAULT 0,
  input        jsonb       NOT NULL DEFAULT '{}',
  output       jsonb,
  error        jsonb,
  started_at   timestamptz NOT NULL,
  finished_at  timestamptz,
  PRIMARY KEY (execution_id, path, item)
);
COMMENT ON TABLE control.execution_step IS 'Each step of a run. A COMPLETED action''s row commits together with its effect, so a repeated attempt finds it and does nothing.';

CREATE TABLE control.execution_entity (
  execution_id uuid NOT NULL REFERENCES control.workflow_execution,
  entity_type  text NOT NULL,
  entity_id    text NOT NULL,
  PRIMARY KEY (execution_id, entity_type, entity_id)
);
COMMENT ON TABLE control.execution_entity IS 'What a run changed.';
CREATE INDEX execution_entity_lookup ON control.execution_entity (entity_type, entity_id);

GRANT SELECT, INSERT, UPDATE ON control.automation_workflow TO control_api;
GRANT SELECT, INSERT ON control.automation_version TO control_api;
GRANT SELECT ON control.automation_workflow, control.automation_version TO control_worker;
GRANT SELECT, INSERT, UPDATE ON control.workflow_execution TO control_api, control_worker;
GRANT SELECT, INSERT, UPDATE ON control.execution_step TO control_worker;
GRANT SELECT ON control.execution_step TO control_api;
GRANT SELECT, INSERT ON control.execution_entity TO control_worker;
GRANT SELECT ON control.execution_entity TO control_api;
