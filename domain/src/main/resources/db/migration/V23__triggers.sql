-- What makes automations run by itself: the clock, and changes of the marketplace's rows.

-- ------------------------------------------------------------------------------------------------
-- Each automation that is ACTIVE or PAUSED, with the trigger of its active version.
CREATE TABLE control.automation_trigger (
  workflow_id uuid        PRIMARY KEY REFERENCES control.automation_workflow,
  version     integer     NOT NULL,
  kind        text        NOT NULL CHECK (kind IN ('CRON', 'EVENT', 'STATE', 'MANUAL')),
  trigger     text        NOT NULL,
  entity      text,
  field       text,
  from_value  text,
  to_value    text,
  since       timestamptz NOT NULL,
  armed_at    timestamptz NOT NULL,
  paused_at   timestamptz,
  CHECK ((kind = 'STATE') = (entity IS NOT NULL AND field IS NOT NULL AND to_value IS NOT NULL))
);
COMMENT ON TABLE control.automation_trigger IS 'What starts each automation that is ACTIVE or PAUSED; written with its status, by the clock of this database.';
COMMENT ON COLUMN control.automation_trigger.workflow_id IS 'The automation.';
COMMENT ON COLUMN control.automation_trigger.version IS 'Its active version.';
COMMENT ON COLUMN control.automation_trigger.kind IS 'What the trigger waits for.';
COMMENT ON COLUMN control.automation_trigger.trigger IS 'The trigger in its canonical form: two versions with the same one go on as one.';
COMMENT ON COLUMN control.automation_trigger.entity IS 'Of a state trigger: the kind of entity.';
COMMENT ON COLUMN control.automation_trigger.field IS 'Of a state trigger: the field that changes.';
COMMENT ON COLUMN control.automation_trigger.from_value IS 'Of a state trigger: from what; null is from anything, or nothing.';
COMMENT ON COLUMN control.automation_trigger.to_value IS 'Of a state trigger: to what.';
COMMENT ON COLUMN control.automation_trigger.since IS 'What came before is none of its business.';
COMMENT ON COLUMN control.automation_trigger.armed_at IS 'Since when its schedule belongs into Temporal.';
COMMENT ON COLUMN control.automation_trigger.paused_at IS 'Since when what comes is missed; null while ACTIVE.';
CREATE INDEX automation_trigger_watched ON control.automation_trigger (entity) WHERE entity IS NOT NULL;
INSERT INTO control.automation_trigger (workflow_id, version, kind, trigger, since, armed_at, paused_at)
SELECT id, active_version, CASE WHEN event_type IS NULL THEN 'MANUAL' ELSE 'EVENT' END,
       CASE WHEN event_type IS NULL THEN '"manual"' ELSE format('{"event":%s}', to_json(event_type)) END,
       updated_at, updated_at, CASE status WHEN 'PAUSED' THEN updated_at END
  FROM control.automation_workflow WHERE status IN ('ACTIVE', 'PAUSED');
GRANT SELECT, INSERT, UPDATE, DELETE ON control.automation_trigger TO control_api, control_worker;

-- ------------------------------------------------------------------------------------------------
-- Executions, once for each instant and each change.
ALTER TABLE control.workflow_execution
  ADD COLUMN scheduled_at timestamptz,
  ADD COLUMN change_id bigint,
  ADD COLUMN task_id uuid;
COMMENT ON COLUMN control.workflow_execution.scheduled_at IS 'The instant for which the clock started it, of the automation''s own trigger or of a task.';
COMMENT ON COLUMN control.workflow_execution.change_id IS 'The change of the source that started it.';
COMMENT ON COLUMN control.workflow_execution.task_id IS 'The scheduled task that started it.';
CREATE UNIQUE INDEX workflow_execution_instant ON control.workflow_execution (workflow_id, scheduled_at)
  WHERE scheduled_at IS NOT NULL AND task_id IS NULL;
CREATE UNIQUE INDEX workflow_execution_change ON control.workflow_execution (workflow_id, change_id)
  WHERE change_id IS NOT NULL;
CREATE UNIQUE INDEX workflow_execution_task_instant ON control.workflow_execution (task_id, scheduled_at)
  WHERE task_id IS NOT NULL AND scheduled_at IS NOT NULL;
CREATE INDEX workflow_execution_by_task ON control.workflow_execution (task_id, created_at DESC, id DESC)
  WHERE task_id IS NOT NULL;

-- ------------------------------------------------------------------------------------------------
-- Changes of watched fields, written in the transaction that makes them.
CREATE TABLE control.state_change (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  txid       xid8        NOT NULL DEFAULT pg_current_xact_id(),
  entity     text        NOT NULL,
  entity_id  uuid        NOT NULL,
  field      text        NOT NULL,
  from_value text,
  to_value   text        NOT NULL,
  at         timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE control.state_change IS 'Changes that some automation waits for and that are not handled yet; deleted once they are.';
COMMENT ON COLUMN control.state_change.id IS 'Order of writing within a transaction.';
COMMENT ON COLUMN control.state_change.txid IS 'The transaction that made it: they are handled in this order, once every older one has ended.';
COMMENT ON COLUMN control.state_change.entity IS 'The kind of entity.';
COMMENT ON COLUMN control.state_change.entity_id IS 'The entity.';
COMMENT ON COLUMN control.state_change.field IS 'The field.';
COMMENT ON COLUMN control.state_change.from_value IS 'What it was; null where there was nothing.';
COMMENT ON COLUMN control.state_change.to_value IS 'What it became.';
COMMENT ON COLUMN control.state_change.at IS 'When.';
CREATE INDEX state_change_order ON control.state_change (txid, id);
GRANT SELECT, DELETE ON control.state_change TO control_worker;
GRANT SELECT ON control.state_change TO control_api;

CREATE TABLE control.missed_change (
  workflow_id uuid        NOT NULL REFERENCES control.automation_workflow,
  change_id   bigint      NOT NULL,
  entity      text        NOT NULL,
  entity_id   uuid        NOT NULL,
  field       text        NOT NULL,
  from_value  text,
  to_value    text        NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (workflow_id, change_id)
);
COMMENT ON TABLE control.missed_change IS 'Changes that came while an automation that waits for them was PAUSED, kept until it is resumed.';
COMMENT ON COLUMN control.missed_change.workflow_id IS 'The automation.';
COMMENT ON COLUMN control.missed_change.change_id IS 'The change.';
GRANT SELECT, INSERT, DELETE ON control.missed_change TO control_api, control_worker;

-- What automations missed, and what of it is still to be made up for.
CREATE TABLE control.missed_work (
  workflow_id uuid        PRIMARY KEY REFERENCES control.automation_workflow,
  from_at     timestamptz NOT NULL,
  until_at    timestamptz NOT NULL,
  horizon     xid8,
  after_at    timestamptz,
  after_id    uuid,
  asked_by    text        NOT NULL,
  request_id  text
);
COMMENT ON TABLE control.missed_work IS 'Automations that were resumed with what they missed; a row is deleted with the last batch.';
COMMENT ON COLUMN control.missed_work.workflow_id IS 'The automation.';
COMMENT ON COLUMN control.missed_work.from_at IS 'Since when it missed things.';
COMMENT ON COLUMN control.missed_work.until_at IS 'Until when.';
COMMENT ON COLUMN control.missed_work.horizon IS 'Transactions before it may still have found the automation PAUSED: they are waited for.';
COMMENT ON COLUMN control.missed_work.after_at IS 'How far the batches came: the time of the last event or instant.';
COMMENT ON COLUMN control.missed_work.after_id IS 'The last event.';
COMMENT ON COLUMN control.missed_work.asked_by IS 'Who resumed it.';
COMMENT ON COLUMN control.missed_work.request_id IS 'The HTTP request.';
GRANT SELECT, INSERT, UPDATE, DELETE ON control.missed_work TO control_api, control_worker;

-- The triggers on the source: a statement that changes what nobody waits for asks once, and is done.
DO $do$
DECLARE
  t record;
  became text;
  changed text;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('payout', 'payouts', '{status}'::text[]),
    ('listing', 'listings', '{status,category}'),
    ('transaction', 'transactions', '{status}'),
    ('dispute', 'disputes', '{status}'),
    ('user', 'users', '{verified,suspended}'),
    ('document', 'documents', '{status}')) AS watched (entity, name, fields)
  LOOP
    SELECT string_agg(format('(%L, NULL::text, n.%I::text)', field, field), ', '),
           string_agg(format('(%L, o.%I::text, n.%I::text)', field, field, field), ', ')
      INTO became, changed FROM unnest(t.fields) AS field;
    EXECUTE format('CREATE FUNCTION control.%I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS %L',
      'watch_' || t.name,
      format($f$
BEGIN
  IF NOT EXISTS (SELECT FROM control.automation_trigger WHERE entity = %1$L)
     OR current_setting('marketplace.bulk_load', true) = 'on' THEN
    RETURN NULL;
  END IF;
  IF tg_op = 'INSERT' THEN
    INSERT INTO control.state_change (entity, entity_id, field, from_value, to_value)
    SELECT %1$L, n.id, c.field, c.was, c.became
      FROM new_rows n CROSS JOIN LATERAL (VALUES %2$s) AS c (field, was, became)
     WHERE EXISTS (SELECT FROM control.automation_trigger w
                    WHERE w.entity = %1$L AND w.field = c.field AND w.to_value = c.became
                      AND w.from_value IS NULL)
     ORDER BY n.id;
  ELSE
    INSERT INTO control.state_change (entity, entity_id, field, from_value, to_value)
    SELECT %1$L, n.id, c.field, c.was, c.became
      FROM new_rows n JOIN old_rows o USING (id)
           CROSS JOIN LATERAL (VALUES %3$s) AS c (field, was, became)
     WHERE c.was IS DISTINCT FROM c.became
       AND EXISTS (SELECT FROM control.automation_trigger w
                    WHERE w.entity = %1$L AND w.field = c.field AND w.to_value = c.became
                      AND (w.from_value IS NULL OR w.from_value = c.was))
     ORDER BY n.id;
  END IF;
  RETURN NULL;
END$f$, t.entity, became, changed));
    EXECUTE format('CREATE TRIGGER watch_inserted AFTER INSERT ON marketplace.%I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION control.%I()', t.name, 'watch_' || t.name);
    EXECUTE format('CREATE TRIGGER watch_updated AFTER UPDATE ON marketplace.%I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION control.%I()', t.name, 'watch_' || t.name);
  END LOOP;
END $do$;
