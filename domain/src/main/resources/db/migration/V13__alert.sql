-- What the system tells people about by itself: the rules, and the alerts that they raised.

CREATE TABLE control.alert_rule (
  name           text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]*([.-][a-z0-9_]+)*$' AND length(name) <= 100),
  description    text        NOT NULL CHECK (length(description) BETWEEN 1 AND 1000),
  severity       text        NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  roles          text[]      NOT NULL CHECK (cardinality(roles) > 0 AND array_position(roles, NULL) IS NULL),
  channels       text[]      NOT NULL CHECK (channels @> '{in_app}' AND channels <@ '{in_app,mail}'),
  signal         text,
  comparison     text        CHECK (comparison IN ('gt', 'gte', 'lt', 'lte')),
  threshold      numeric,
  time_window    interval    CHECK (time_window > interval '0'),
  minimum_sample integer     CHECK (minimum_sample > 0),
  enabled        boolean     NOT NULL DEFAULT true,
  version        bigint      NOT NULL DEFAULT 1,
  updated_at     timestamptz NOT NULL DEFAULT now(),
  evaluated_at   timestamptz,
  CHECK (num_nulls(signal, comparison, threshold, time_window, minimum_sample) IN (0, 5))
);
COMMENT ON TABLE control.alert_rule IS 'When people are told, how urgent it is, and who. A rule with a signal is measured; one without is reported by the capability that finds it.';
COMMENT ON COLUMN control.alert_rule.channels IS 'in_app is always there: a mail repeats the message of the inbox.';
COMMENT ON COLUMN control.alert_rule.signal IS 'What is measured; it fires where the value over time_window stands in comparison to threshold, on at least minimum_sample.';
COMMENT ON COLUMN control.alert_rule.evaluated_at IS 'When a worker last measured it: claims the rule, so that any number of workers measure it once.';

CREATE TABLE control.alert (
  id              uuid PRIMARY KEY,
  rule            text        NOT NULL REFERENCES control.alert_rule,
  subject         text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  severity        text        NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  state           text        NOT NULL CHECK (state IN ('FIRING', 'ACKNOWLEDGED', 'SILENCED', 'RESOLVED')),
  title           text        NOT NULL CHECK (length(title) <= 200),
  detail          jsonb       NOT NULL DEFAULT '{}',
  first_at        timestamptz NOT NULL,
  last_at         timestamptz NOT NULL,
  occurrences     bigint      NOT NULL DEFAULT 1 CHECK (occurrences > 0),
  acknowledged_by text,
  acknowledged_at timestamptz,
  silenced_by     text,
  silenced_until  timestamptz,
  resolved_by     text,
  resolved_at     timestamptz,
  reason          text,
  revision        bigint      NOT NULL DEFAULT 1,
  CHECK (first_at <= last_at),
  CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL)),
  CHECK ((silenced_by IS NULL) = (silenced_until IS NULL)),
  CHECK ((resolved_by IS NULL) = (resolved_at IS NULL)),
  CHECK ((state = 'RESOLVED') = (resolved_at IS NOT NULL)),
  CHECK (state <> 'ACKNOWLEDGED' OR acknowledged_at IS NOT NULL),
  CHECK (state <> 'SILENCED' OR silenced_until IS NOT NULL)
);
COMMENT ON TABLE control.alert IS 'What a rule found about one subject, from its first occurrence until it is resolved.';
COMMENT ON COLUMN control.alert.subject IS 'What it is about, such as month:2026-02 or the id of an automation.';
COMMENT ON COLUMN control.alert.detail IS 'Small facts of the last occurrence; no personal data.';
COMMENT ON COLUMN control.alert.reason IS 'What was said with the last move, by a person or by what found that it is over.';
COMMENT ON COLUMN control.alert.silenced_until IS 'Until then occurrences are counted in silence; the first one after it fires and tells again.';
CREATE UNIQUE INDEX alert_unresolved ON control.alert (rule, subject) WHERE state <> 'RESOLVED';
CREATE INDEX alert_listing ON control.alert (first_at DESC, id DESC);
CREATE INDEX alert_by_state ON control.alert (state, first_at DESC, id DESC);
CREATE INDEX alert_by_rule ON control.alert (rule, first_at DESC, id DESC);
CREATE INDEX alert_by_subject ON control.alert (rule, subject, first_at DESC, id DESC);
CREATE INDEX alert_by_severity ON control.alert (severity, first_at DESC, id DESC);

-- What was resolved stays as it was; when it happens again, that is another alert.
CREATE FUNCTION control.check_alert_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'RESOLVED' THEN
    RAISE EXCEPTION 'alert % is RESOLVED: it cannot be changed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.id, NEW.rule, NEW.subject, NEW.first_at) IS DISTINCT FROM (OLD.id, OLD.rule, OLD.subject, OLD.first_at) THEN
    RAISE EXCEPTION 'alert %: what it is about and since when never change', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER alert_settled BEFORE UPDATE ON control.alert
  FOR EACH ROW EXECUTE FUNCTION control.check_alert_change();

-- The runs of an automation that ended in a window of time: what ran, not what was skipped.
CREATE INDEX workflow_execution_ended ON control.workflow_execution (finished_at, workflow_id, status)
  WHERE status IN ('COMPLETED', 'FAILED', 'CANCELLED', 'REJECTED');

GRANT SELECT ON control.alert_rule TO control_api, control_worker;
GRANT UPDATE (severity, roles, channels, threshold, time_window, minimum_sample, enabled, version, updated_at)
  ON control.alert_rule TO control_api;
GRANT UPDATE (evaluated_at) ON control.alert_rule TO control_worker;
GRANT SELECT, INSERT, UPDATE ON control.alert TO control_api, control_worker;

INSERT INTO control.alert_rule
       (name, description, severity, roles, channels, signal, comparison, threshold, time_window, minimum_sample)
VALUES
  ('analytics.calculation_failed', 'A metric could not be calculated.',
   'high', '{CTO}', '{in_app,mail}', NULL, NULL, NULL, NULL, NULL),
  ('analytics.mismatch', 'A stored aggregate differs from the source. It is answered from the source until it is mended.',
   'critical', '{CTO,DEVOPS}', '{in_app,mail}', NULL, NULL, NULL, NULL, NULL),
  ('analytics.calculation_slow', 'A metric took longer to calculate, in seconds, than the critical bound of its service level.',
   'high', '{DEVOPS}', '{in_app,mail}', 'analytics.calculation_seconds', 'gt', 30, interval '1 hour', 1),
  ('config.high_risk_change', 'A setting was changed at high or critical risk.',
   'critical', '{CEO,CFO}', '{in_app,mail}', NULL, NULL, NULL, NULL, NULL),
  ('automation.circuit_breaker_open', 'The circuit breaker of an action is open: the action is not performed.',
   'critical', '{CTO}', '{in_app,mail}', NULL, NULL, NULL, NULL, NULL),
  ('automation.high_failure_rate', 'Of the runs of an automation that ended, too many failed.',
   'high', '{DEVOPS}', '{in_app,mail}', 'automation.failure_rate', 'gte', 0.2, interval '1 hour', 5);
