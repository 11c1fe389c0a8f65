-- The automation engine in whole: steps that are taken again, long lists, waits, limits, breakers, the kill switch.

-- A step that was undone and is taken again makes a new row; the old one stays as it was.
ALTER TABLE control.execution_step
  ADD COLUMN generation integer NOT NULL DEFAULT 0 CHECK (generation >= 0),
  ADD COLUMN superseded boolean NOT NULL DEFAULT false;
ALTER TABLE control.execution_step DROP CONSTRAINT execution_step_pkey;
ALTER TABLE control.execution_step ADD PRIMARY KEY (execution_id, path, item, generation);
ALTER TABLE control.execution_step DROP CONSTRAINT execution_step_status_check;
ALTER TABLE control.execution_step ADD CONSTRAINT execution_step_status_check
  CHECK (status IN ('RUNNING', 'WAITING', 'COMPLETED', 'FAILED', 'SKIPPED'));
COMMENT ON COLUMN control.execution_step.item IS 'Within loops the numbers of their items, from the outermost; empty outside of them.';
COMMENT ON COLUMN control.execution_step.generation IS 'How often the step was undone before and taken again.';
COMMENT ON COLUMN control.execution_step.superseded IS 'Undone as a part of what a retry takes again; kept for the record.';
GRANT UPDATE (superseded, error, attempts) ON control.execution_step TO control_api;

CREATE TABLE control.execution_list (
  execution_id uuid    NOT NULL REFERENCES control.workflow_execution,
  path         text    NOT NULL,
  item         text    NOT NULL,
  field        text    NOT NULL,
  position     integer NOT NULL CHECK (position >= 0),
  value        jsonb   NOT NULL,
  PRIMARY KEY (execution_id, path, item, field, position)
);
COMMENT ON TABLE control.execution_list IS 'The entries of long lists that steps gave: the step''s output, and Temporal, name the list only.';
GRANT SELECT ON control.execution_list TO control_api;
GRANT SELECT, INSERT, DELETE ON control.execution_list TO control_worker;

ALTER TABLE control.workflow_execution ADD COLUMN cancel_compensates boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN control.workflow_execution.cancel_compensates IS 'Whether a cancellation undoes what the run did.';

CREATE TABLE control.execution_wait (
  execution_id uuid        NOT NULL REFERENCES control.workflow_execution,
  path         text        NOT NULL,
  item         text        NOT NULL,
  waits_for    text        NOT NULL CHECK (waits_for IN ('LIMIT', 'BREAKER', 'KILL_SWITCH', 'TIME')),
  action       text        NOT NULL,
  workflow_id  uuid        NOT NULL,
  amount       numeric     NOT NULL DEFAULT 0,
  waits_in     text        NOT NULL,
  since        timestamptz NOT NULL,
  until        timestamptz,
  rung_at      timestamptz,
  own_measure  text,
  own_limit    numeric,
  PRIMARY KEY (execution_id, path, item),
  CHECK ((own_measure IS NULL) = (own_limit IS NULL))
);
COMMENT ON TABLE control.execution_wait IS 'Steps that are held up, in the order in which they came: a full limit lets the first go first.';
COMMENT ON COLUMN control.execution_wait.own_measure IS 'What of a limit that the automation sets for itself is full; null where everybody''s is.';
COMMENT ON COLUMN control.execution_wait.own_limit IS 'How much that limit is.';
COMMENT ON COLUMN control.execution_wait.waits_in IS 'The id of the workflow that waits.';
CREATE INDEX execution_wait_order ON control.execution_wait (action, since, execution_id);
GRANT SELECT, DELETE, UPDATE (rung_at) ON control.execution_wait TO control_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON control.execution_wait TO control_worker;

CREATE TABLE control.limit_window (
  action    text        NOT NULL,
  scope     text        NOT NULL,
  measure   text        NOT NULL CHECK (measure IN ('COUNT_PER_HOUR', 'COUNT_PER_DAY', 'AMOUNT_PER_DAY')),
  starts_at timestamptz NOT NULL,
  used      numeric     NOT NULL CHECK (used >= 0),
  PRIMARY KEY (action, scope, measure, starts_at)
);
COMMENT ON TABLE control.limit_window IS 'How much of a limit is used in a fixed window: from the full hour, or of a business day. scope is empty for the action''s own limit, else an automation that set a lower one.';

CREATE TABLE control.limit_reservation (
  execution_id uuid        NOT NULL REFERENCES control.workflow_execution,
  path         text        NOT NULL,
  item         text        NOT NULL,
  generation   integer     NOT NULL,
  action       text        NOT NULL,
  amount       numeric     NOT NULL CHECK (amount >= 0),
  scopes       text[]      NOT NULL,
  hour         timestamptz NOT NULL,
  day          timestamptz NOT NULL,
  reserved_at  timestamptz NOT NULL,
  released_at  timestamptz,
  PRIMARY KEY (execution_id, path, item, generation)
);
COMMENT ON TABLE control.limit_reservation IS 'What one call takes of its limits; released where the action did not happen.';
CREATE INDEX limit_reservation_day ON control.limit_reservation (action, day);
GRANT SELECT ON control.limit_window, control.limit_reservation TO control_api;
GRANT SELECT, INSERT, UPDATE ON control.limit_window, control.limit_reservation TO control_worker;

CREATE TABLE control.circuit_breaker (
  action      text PRIMARY KEY,
  state       text        NOT NULL CHECK (state IN ('CLOSED', 'OPEN', 'HALF_OPEN')),
  failures    integer     NOT NULL CHECK (failures >= 0),
  trips       bigint      NOT NULL DEFAULT 0,
  last_error  text,
  opened_at   timestamptz,
  retry_at    timestamptz,
  trial_of    text,
  updated_at  timestamptz NOT NULL
);
COMMENT ON TABLE control.circuit_breaker IS 'How the last calls of an action went, in the order of their commits. OPEN: nobody calls it until retry_at; then one does (HALF_OPEN, trial_of), and its outcome decides.';
GRANT SELECT, INSERT, UPDATE ON control.circuit_breaker TO control_api, control_worker;

CREATE TABLE control.kill_switch (
  scope  text PRIMARY KEY,
  is_on  boolean     NOT NULL,
  by     text        NOT NULL,
  reason text        NOT NULL,
  at     timestamptz NOT NULL
);
COMMENT ON TABLE control.kill_switch IS 'scope is * for all automations, or the id of one. While it is on, no step of them acts.';
GRANT SELECT, INSERT, UPDATE ON control.kill_switch TO control_api;
GRANT SELECT ON control.kill_switch TO control_worker;

-- AU-10: admins too are told of a breaker that opens. What people changed stays as they left it.
UPDATE control.alert_rule SET roles = '{ADMIN,CTO}'
 WHERE name = 'automation.circuit_breaker_open' AND roles = '{CTO}';
