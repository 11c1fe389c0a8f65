-- Scheduled tasks: an automation that is run at an instant, or again and again.
CREATE TABLE control.scheduled_task (
  id            uuid        PRIMARY KEY,
  name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  workflow_id   uuid        NOT NULL REFERENCES control.automation_workflow,
  payload       jsonb       NOT NULL,
  at            timestamptz,
  cron          text,
  time_zone     text,
  missed        text        NOT NULL CHECK (missed IN ('RUN_ONCE', 'RUN_ALL', 'SKIP')),
  catch_up_seconds bigint   NOT NULL CHECK (catch_up_seconds >= 0),
  status        text        NOT NULL CHECK (status IN ('SCHEDULED', 'RUNNING', 'FAILED', 'CANCELLED', 'PAUSED')),
  since         timestamptz NOT NULL,
  problem       text,
  problem_at    timestamptz,
  revision      bigint      NOT NULL DEFAULT 1,
  created_by    text        NOT NULL,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  request_id    text,
  CHECK ((at IS NULL) = (cron IS NOT NULL)),
  CHECK ((cron IS NULL) = (time_zone IS NULL))
);
COMMENT ON TABLE control.scheduled_task IS 'What is run later, once or again and again. Each of its instants makes at most one execution.';
COMMENT ON COLUMN control.scheduled_task.id IS 'The task.';
COMMENT ON COLUMN control.scheduled_task.name IS 'What people call it.';
COMMENT ON COLUMN control.scheduled_task.workflow_id IS 'The automation that it runs.';
COMMENT ON COLUMN control.scheduled_task.payload IS 'The trigger data that it gives.';
COMMENT ON COLUMN control.scheduled_task.at IS 'When, of a task that runs once; a whole second.';
COMMENT ON COLUMN control.scheduled_task.cron IS 'When, of one that runs again and again.';
COMMENT ON COLUMN control.scheduled_task.time_zone IS 'The time zone of cron.';
COMMENT ON COLUMN control.scheduled_task.missed IS 'What becomes of instants whose time passed.';
COMMENT ON COLUMN control.scheduled_task.catch_up_seconds IS 'How late a missed instant may still run, in seconds.';
COMMENT ON COLUMN control.scheduled_task.status IS 'RUNNING: the one run of a task that runs once has been started; how that ended is its execution''s status.';
COMMENT ON COLUMN control.scheduled_task.since IS 'Instants before it are none of its own.';
COMMENT ON COLUMN control.scheduled_task.problem IS 'Why an instant could not run; null where the last one could.';
COMMENT ON COLUMN control.scheduled_task.problem_at IS 'That instant.';
COMMENT ON COLUMN control.scheduled_task.revision IS 'Grows with each change.';
CREATE INDEX scheduled_task_listing ON control.scheduled_task (created_at DESC, id DESC);
CREATE INDEX scheduled_task_by_workflow ON control.scheduled_task (workflow_id, created_at DESC, id DESC);
CREATE INDEX scheduled_task_live ON control.scheduled_task (id) WHERE status = 'SCHEDULED';
ALTER TABLE control.workflow_execution
  ADD CONSTRAINT workflow_execution_task FOREIGN KEY (task_id) REFERENCES control.scheduled_task;
GRANT SELECT, INSERT, UPDATE ON control.scheduled_task TO control_api;
GRANT SELECT, UPDATE ON control.scheduled_task TO control_worker;
