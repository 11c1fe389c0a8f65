-- Control over many executions: whose turn it is, how many there may be, who watches one, and what people do to many.

-- ------------------------------------------------------------------------------------------------
-- Executions that have not begun because others go first.
CREATE TABLE control.execution_queue (
  execution_id uuid        PRIMARY KEY REFERENCES control.workflow_execution,
  place        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  workflow_id  uuid        NOT NULL,
  waits_for    text        NOT NULL CHECK (waits_for IN ('LIMIT', 'SLOT')),
  limit_name   text,
  limit_scope  text,
  since        timestamptz NOT NULL,
  request_id   text,
  CHECK ((waits_for = 'LIMIT') = (limit_name IS NOT NULL AND limit_scope IS NOT NULL))
);
COMMENT ON TABLE control.execution_queue IS 'Executions that wait before they begin: for room in the hour (LIMIT), then for their turn among those of their automation (SLOT). A row is deleted where the execution begins, or ends without having begun.';
COMMENT ON COLUMN control.execution_queue.place IS 'The order in which they came.';
COMMENT ON COLUMN control.execution_queue.limit_name IS 'Of LIMIT: which limit is full.';
COMMENT ON COLUMN control.execution_queue.limit_scope IS 'Of LIMIT: whose it is; empty where it is everybody''s.';
CREATE INDEX execution_queue_slot ON control.execution_queue (workflow_id, place) WHERE waits_for = 'SLOT';
CREATE INDEX execution_queue_limit ON control.execution_queue (limit_name, limit_scope, place) WHERE waits_for = 'LIMIT';
GRANT SELECT, INSERT, UPDATE, DELETE ON control.execution_queue TO control_api, control_worker;

CREATE TABLE control.automation_lane (
  workflow_id uuid PRIMARY KEY REFERENCES control.automation_workflow
);
COMMENT ON TABLE control.automation_lane IS 'Automations whose runs ever waited for each other. Whoever decides whose turn it is locks the row.';
GRANT SELECT, INSERT, UPDATE ON control.automation_lane TO control_api, control_worker;

-- Takes so many executions of what is left of an hour, and says how many that were. Who came before
-- and waits goes first. The row stays locked until the transaction ends.
CREATE FUNCTION control.take_executions(of_limit text, of_scope text, hour timestamptz, wanted int, most int)
  RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
DECLARE
  room int;
BEGIN
  INSERT INTO control.limit_window (action, scope, measure, starts_at, used)
    VALUES (of_limit, of_scope, 'COUNT_PER_HOUR', hour, 0) ON CONFLICT DO NOTHING;
  SELECT least(wanted, greatest(0, most - w.used))::int INTO STRICT room FROM control.limit_window w
    WHERE w.action = of_limit AND w.scope = of_scope AND w.measure = 'COUNT_PER_HOUR' AND w.starts_at = hour
      FOR UPDATE;
  IF room = 0 OR EXISTS (SELECT 1 FROM control.execution_queue q
                          WHERE q.waits_for = 'LIMIT' AND q.limit_name = of_limit AND q.limit_scope = of_scope) THEN
    RETURN 0;
  END IF;
  UPDATE control.limit_window w SET used = w.used + room
    WHERE w.action = of_limit AND w.scope = of_scope AND w.measure = 'COUNT_PER_HOUR' AND w.starts_at = hour;
  RETURN room;
END $$;

-- Lets those who waited for a limit go on to wait for their turn, the first ones first, as far as the
-- hour has room; answers their automations.
CREATE FUNCTION control.let_executions_in(of_limit text, of_scope text, hour timestamptz, most int, batch int)
  RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
DECLARE
  room int;
  passed uuid[];
BEGIN
  INSERT INTO control.limit_window (action, scope, measure, starts_at, used)
    VALUES (of_limit, of_scope, 'COUNT_PER_HOUR', hour, 0) ON CONFLICT DO NOTHING;
  SELECT least(batch, greatest(0, most - w.used))::int INTO STRICT room FROM control.limit_window w
    WHERE w.action = of_limit AND w.scope = of_scope AND w.measure = 'COUNT_PER_HOUR' AND w.starts_at = hour
      FOR UPDATE;
  WITH first AS (
    SELECT q.execution_id FROM control.execution_queue q
     WHERE q.waits_for = 'LIMIT' AND q.limit_name = of_limit AND q.limit_scope = of_scope
     ORDER BY q.place LIMIT room FOR UPDATE),
  moved AS (
    UPDATE control.execution_queue q SET waits_for = 'SLOT', limit_name = NULL, limit_scope = NULL
      FROM first WHERE q.execution_id = first.execution_id
    RETURNING q.workflow_id)
  SELECT array_agg(m.workflow_id) INTO passed FROM moved m;
  UPDATE control.limit_window w SET used = w.used + coalesce(cardinality(passed), 0)
    WHERE w.action = of_limit AND w.scope = of_scope AND w.measure = 'COUNT_PER_HOUR' AND w.starts_at = hour;
  RETURN QUERY SELECT DISTINCT p FROM unnest(passed) p;
END $$;
REVOKE EXECUTE ON FUNCTION control.take_executions, control.let_executions_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION control.take_executions, control.let_executions_in TO control_api, control_worker;

-- ------------------------------------------------------------------------------------------------
-- Steps that failed and are tried again, and what holds executions up, for lists.
CREATE INDEX execution_step_retrying ON control.execution_step (execution_id)
  WHERE status = 'RUNNING' AND error IS NOT NULL;
CREATE INDEX execution_step_pausing ON control.execution_step (execution_id)
  WHERE action = 'wait' AND status = 'RUNNING';
CREATE INDEX execution_wait_kind ON control.execution_wait (waits_for, execution_id);

-- ------------------------------------------------------------------------------------------------
-- Executions that somebody watches: only of these changes are told, so nobody else pays for it.
CREATE UNLOGGED TABLE control.execution_watch (
  execution_id uuid        NOT NULL,
  watcher      uuid        NOT NULL,
  until        timestamptz NOT NULL,
  PRIMARY KEY (execution_id, watcher)
);
COMMENT ON TABLE control.execution_watch IS 'Which server watches which execution, and until when unless it says so again. Not logged: after a crash the servers say so again.';
CREATE INDEX execution_watch_until ON control.execution_watch (until);
GRANT SELECT, INSERT, UPDATE, DELETE ON control.execution_watch TO control_api;

CREATE FUNCTION control.ring_execution() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM control.execution_watch w WHERE w.execution_id = NEW.id) THEN
    PERFORM pg_notify('execution_event', NEW.id::text);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION control.ring_execution_of() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = control, pg_temp AS $$
DECLARE
  changed uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.execution_id ELSE NEW.execution_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM control.execution_watch w WHERE w.execution_id = changed) THEN
    PERFORM pg_notify('execution_event', changed::text);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER workflow_execution_ring AFTER UPDATE ON control.workflow_execution
  FOR EACH ROW EXECUTE FUNCTION control.ring_execution();
CREATE TRIGGER execution_step_ring AFTER INSERT OR UPDATE ON control.execution_step
  FOR EACH ROW EXECUTE FUNCTION control.ring_execution_of();
CREATE TRIGGER execution_wait_ring AFTER INSERT OR UPDATE OR DELETE ON control.execution_wait
  FOR EACH ROW EXECUTE FUNCTION control.ring_execution_of();
CREATE TRIGGER execution_queue_ring AFTER INSERT OR UPDATE OR DELETE ON control.execution_queue
  FOR EACH ROW EXECUTE FUNCTION control.ring_execution_of();

-- ------------------------------------------------------------------------------------------------
-- What people do to many executions at once.
CREATE TABLE control.bulk_operation (
  id          uuid        PRIMARY KEY,
  action      text        NOT NULL CHECK (action IN ('RETRY', 'CANCEL')),
  compensate  boolean     NOT NULL,
  reason      text        NOT NULL,
  token       text        NOT NULL UNIQUE,
  count       integer     NOT NULL CHECK (count BETWEEN 1 AND 10000),
  moved       numeric     NOT NULL,
  would_move  numeric     NOT NULL,
  status      text        NOT NULL CHECK (status IN ('RUNNING', 'COMPLETED')),
  batch       integer     NOT NULL DEFAULT 0,
  created_by  text        NOT NULL,
  created_at  timestamptz NOT NULL,
  finished_at timestamptz,
  request_id  text,
  CHECK ((status = 'COMPLETED') = (finished_at IS NOT NULL))
);
COMMENT ON TABLE control.bulk_operation IS 'A retry or a cancellation of many executions, as a person confirmed it. batch counts the messages that carry it on, so that of two that run at once one goes on.';
COMMENT ON COLUMN control.bulk_operation.token IS 'The SHA-256 of what exactly is done to which executions: the preview gave it.';
COMMENT ON COLUMN control.bulk_operation.moved IS 'ETB that the executions had moved.';
COMMENT ON COLUMN control.bulk_operation.would_move IS 'ETB that they were about and had not moved.';
GRANT SELECT, INSERT, UPDATE ON control.bulk_operation TO control_api, control_worker;

CREATE TABLE control.bulk_item (
  bulk_id      uuid    NOT NULL REFERENCES control.bulk_operation,
  place        integer NOT NULL,
  execution_id uuid    NOT NULL REFERENCES control.workflow_execution,
  run          integer NOT NULL,
  state        text    NOT NULL CHECK (state IN ('WAITING', 'DONE', 'REFUSED')),
  problem      text,
  PRIMARY KEY (bulk_id, place)
);
COMMENT ON TABLE control.bulk_item IS 'One execution of a bulk operation; its state commits together with what was done to it.';
CREATE INDEX bulk_item_waiting ON control.bulk_item (bulk_id, place) WHERE state = 'WAITING';
GRANT SELECT, INSERT, UPDATE ON control.bulk_item TO control_api, control_worker;
