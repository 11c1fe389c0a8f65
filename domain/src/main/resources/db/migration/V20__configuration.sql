-- Settings, their versions, and the record of each change. docs/configuration.md tells the story;
-- what must hold whatever the programs do is held here.

CREATE TABLE control.config_setting (
  key            text PRIMARY KEY CHECK (key ~ '^[a-z][a-z0-9_]*([.-][a-z0-9_]+)*$' AND length(key) <= 140),
  category       text        NOT NULL CHECK (category IN ('COMMISSION', 'PAYMENT_GATEWAY', 'FEATURE_FLAG', 'SYSTEM', 'INTEGRATION', 'SECURITY')),
  latest_version integer     NOT NULL DEFAULT 0 CHECK (latest_version >= 0),
  created_at     timestamptz NOT NULL
);
COMMENT ON TABLE control.config_setting IS 'A setting. Its row is the lock of all its versions: whoever changes one holds it first. A rule is a setting too: rules.category.CATEGORY and rules.key.KEY.';

-- What a setting is never changes: its category says who approves.
CREATE FUNCTION control.check_config_setting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.key, NEW.category, NEW.created_at) IS DISTINCT FROM (OLD.key, OLD.category, OLD.created_at)
     OR NEW.latest_version <> OLD.latest_version + 1 THEN
    RAISE EXCEPTION 'setting %: only its next version is counted', OLD.key USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER config_setting_change BEFORE UPDATE ON control.config_setting
  FOR EACH ROW EXECUTE FUNCTION control.check_config_setting();

CREATE TABLE control.platform_config (
  id            uuid PRIMARY KEY,
  key           text        NOT NULL REFERENCES control.config_setting,
  version       integer     NOT NULL CHECK (version > 0),
  value         jsonb,
  secret        bytea,
  secret_id     uuid,
  status        text        NOT NULL CHECK (status IN
                  ('DRAFT', 'PENDING', 'APPROVED', 'ACTIVE', 'REJECTED', 'SUPERSEDED', 'ROLLED_BACK', 'CANCELLED', 'FAILED')),
  scheduled_at  timestamptz,
  change_reason text        NOT NULL CHECK (length(change_reason) BETWEEN 1 AND 1000),
  risk_level    text        NOT NULL CHECK (risk_level IN ('low', 'medium', 'high', 'critical')),
  impact        jsonb       NOT NULL,
  can_rollback  boolean     NOT NULL,
  guard         jsonb,
  slots         jsonb       NOT NULL,
  restores      integer     CHECK (restores > 0),
  content_hash  text        NOT NULL,
  authors       text[]      NOT NULL CHECK (cardinality(authors) > 0),
  attempt       integer     NOT NULL DEFAULT 0,
  submit_as     text,
  base_version  integer,
  suspended     text,
  failure       text,
  created_by    text        NOT NULL,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  approved_at   timestamptz,
  activated_at  timestamptz,
  ended_at      timestamptz,
  guard_ends_at timestamptz,
  guard_outcome text        CHECK (guard_outcome IN ('WATCHING', 'PASSED', 'BREACHED', 'HELD', 'KEPT', 'ENDED')),
  guard_finding text,
  revision      bigint      NOT NULL DEFAULT 1,
  UNIQUE (key, version),
  UNIQUE (key, activated_at),
  CHECK ((value IS NULL) <> (secret IS NULL)),
  CHECK ((secret IS NULL) = (secret_id IS NULL)),
  CHECK ((activated_at IS NOT NULL) = (status IN ('ACTIVE', 'SUPERSEDED', 'ROLLED_BACK'))),
  CHECK ((ended_at IS NOT NULL) = (status IN ('SUPERSEDED', 'ROLLED_BACK'))),
  CHECK (ended_at > activated_at),
  CHECK (suspended IS NULL OR status = 'APPROVED'),
  CHECK ((status = 'FAILED') = (failure IS NOT NULL)),
  CHECK ((guard_outcome IS NULL) = (guard_ends_at IS NULL))
);
COMMENT ON TABLE control.platform_config IS 'One version of one setting: what it says, and how far it has come.';
COMMENT ON COLUMN control.platform_config.value IS 'The bare value; null for a secret.';
COMMENT ON COLUMN control.platform_config.secret IS 'A secret, sealed for its key and its secret_id: in another row it does not open.';
COMMENT ON COLUMN control.platform_config.slots IS 'Who is asked: as the rules were when it was submitted last.';
COMMENT ON COLUMN control.platform_config.restores IS 'The version whose value it restores: a rollback is a new version.';
COMMENT ON COLUMN control.platform_config.content_hash IS 'The SHA-256 of exactly what is approved, made by the database whoever writes.';
COMMENT ON COLUMN control.platform_config.attempt IS 'How often it was submitted: each time is a question of its own.';
COMMENT ON COLUMN control.platform_config.submit_as IS 'As whom its workflow shall submit it: of an automation, whose step does not wait for the impact; null for none.';
COMMENT ON COLUMN control.platform_config.base_version IS 'The version that was active when this one was approved; where another one is by now it is suspended.';
COMMENT ON COLUMN control.platform_config.guard_ends_at IS 'Until when its metric is watched.';
CREATE UNIQUE INDEX platform_config_one_active ON control.platform_config (key) WHERE status = 'ACTIVE';
CREATE INDEX platform_config_past ON control.platform_config (key, activated_at DESC) WHERE activated_at IS NOT NULL;
CREATE INDEX platform_config_upcoming ON control.platform_config (key, version) WHERE status IN ('DRAFT', 'PENDING', 'APPROVED');
CREATE INDEX platform_config_due ON control.platform_config (scheduled_at) WHERE status = 'APPROVED' AND scheduled_at IS NOT NULL;
CREATE INDEX platform_config_watched ON control.platform_config (guard_ends_at) WHERE guard_outcome = 'WATCHING';
CREATE INDEX platform_config_to_submit ON control.platform_config (created_at) WHERE status = 'DRAFT' AND submit_as IS NOT NULL;
CREATE INDEX platform_config_sealed ON control.platform_config (id) WHERE secret IS NOT NULL;

-- What people approve. A secret stands there by its id, which is another one whenever the secret is.
CREATE FUNCTION control.config_content_hash(v control.platform_config) RETURNS text
  LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
  SELECT encode(sha256(convert_to(jsonb_build_object(
           'key', v.key, 'version', v.version, 'value', v.value, 'secret_id', v.secret_id,
           'scheduled_at', v.scheduled_at, 'change_reason', v.change_reason, 'guard', v.guard,
           'can_rollback', v.can_rollback, 'restores', v.restores)::text, 'UTF8')), 'hex')
$$;

-- What a version says stays what it says once it was active, and it goes only ways that exist.
CREATE FUNCTION control.check_config_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  later   text[] := ARRAY['status', 'ended_at', 'updated_at', 'revision', 'guard_outcome', 'guard_finding', 'secret'];
  is_open boolean := OLD.status IN ('DRAFT', 'PENDING', 'APPROVED');
  submits boolean := NEW.status = 'PENDING' AND NEW.attempt = OLD.attempt + 1;
BEGIN
  NEW.content_hash := control.config_content_hash(NEW);
  IF (NEW.id, NEW.key, NEW.version, NEW.created_by, NEW.created_at, NEW.restores)
     IS DISTINCT FROM (OLD.id, OLD.key, OLD.version, OLD.created_by, OLD.created_at, OLD.restores)
     OR NOT NEW.authors @> OLD.authors THEN
    RAISE EXCEPTION 'version % of %: what it is never changes', OLD.version, OLD.key USING ERRCODE = 'check_violation';
  END IF;
  IF NOT is_open AND (to_jsonb(NEW) - later <> to_jsonb(OLD) - later OR OLD.ended_at IS NOT NULL AND NEW.ended_at <> OLD.ended_at) THEN
    RAISE EXCEPTION 'version % of % is %: what it says never changes', OLD.version, OLD.key, OLD.status USING ERRCODE = 'check_violation';
  END IF;
  IF NOT submits AND (NEW.slots, NEW.attempt) IS DISTINCT FROM (OLD.slots, OLD.attempt) THEN
    RAISE EXCEPTION 'version % of %: who is asked changes only when it is submitted', OLD.version, OLD.key USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.secret IS DISTINCT FROM OLD.secret AND NEW.secret_id IS NOT DISTINCT FROM OLD.secret_id
     AND current_user <> (SELECT tableowner FROM pg_tables WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME) THEN
    RAISE EXCEPTION 'version % of %: only its owner seals a secret anew', OLD.version, OLD.key USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.status <> OLD.status AND NOT (CASE OLD.status
       WHEN 'DRAFT' THEN NEW.status IN ('PENDING', 'APPROVED', 'CANCELLED')
       WHEN 'PENDING' THEN NEW.status IN ('APPROVED', 'REJECTED', 'CANCELLED')
       WHEN 'APPROVED' THEN NEW.status IN ('PENDING', 'ACTIVE', 'CANCELLED', 'FAILED')
       WHEN 'ACTIVE' THEN NEW.status IN ('SUPERSEDED', 'ROLLED_BACK')
       ELSE false END) THEN
    RAISE EXCEPTION 'version % of % is % and cannot become %', OLD.version, OLD.key, OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER platform_config_change BEFORE UPDATE ON control.platform_config
  FOR EACH ROW EXECUTE FUNCTION control.check_config_change();
CREATE FUNCTION control.check_config_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'DRAFT' OR NEW.attempt <> 0 OR NEW.slots <> '[]' THEN
    RAISE EXCEPTION 'version % of % begins as DRAFT', NEW.version, NEW.key USING ERRCODE = 'check_violation';
  END IF;
  NEW.content_hash := control.config_content_hash(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER platform_config_begin BEFORE INSERT ON control.platform_config
  FOR EACH ROW EXECUTE FUNCTION control.check_config_begin();
CREATE TRIGGER platform_config_kept BEFORE DELETE ON control.platform_config
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER platform_config_no_truncate BEFORE TRUNCATE ON control.platform_config
  FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_change();

-- CF-2, whatever the programs do: a version becomes active only if people approved exactly it, if the rule of
-- its category asks nobody, or if it restores what was active directly before; only after what was active before
-- it, and with an entry in the record. The owner installs samples.
CREATE FUNCTION control.check_config_active() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  risks text[] := ARRAY['low', 'medium', 'high', 'critical'];
  rule  jsonb;
  flags boolean;
BEGIN
  IF current_user = (SELECT tableowner FROM pg_tables
                      WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME) THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT 1 FROM control.platform_config o
              WHERE o.key = NEW.key AND o.id <> NEW.id AND o.activated_at >= NEW.activated_at) THEN
    RAISE EXCEPTION 'version % of %: another one became active later', NEW.version, NEW.key USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM control.config_change_history h
                  WHERE h.version_id = NEW.id AND h.action = 'ACTIVATED' AND h.content_hash = NEW.content_hash) THEN
    RAISE EXCEPTION 'version % of % became active without a record', NEW.version, NEW.key USING ERRCODE = 'check_violation';
  END IF;
  SELECT s.category = 'FEATURE_FLAG', r.value INTO flags, rule
    FROM control.config_setting s
    LEFT JOIN control.platform_config r ON r.key = 'rules.category.' || lower(s.category) AND r.status = 'ACTIVE'
   WHERE s.key = NEW.key;
  IF jsonb_array_length(NEW.slots) >= greatest(1, jsonb_array_length(coalesce(rule -> 'slots', '[]')))
     AND EXISTS (SELECT 1 FROM control.approval_request r
                  WHERE r.subject_type = 'configuration' AND r.subject_id = NEW.id::text
                    AND r.subject_key = 'submit/' || NEW.attempt AND r.status = 'APPROVED'
                    AND r.content_hash = NEW.content_hash AND r.slots = NEW.slots AND r.authors @> NEW.authors) THEN
    RETURN NULL;
  END IF;
  IF NEW.slots = '[]' AND NEW.attempt > 0 AND NEW.key NOT LIKE 'rules.%'
     AND coalesce(rule -> 'slots', CASE WHEN flags THEN '[]'::jsonb END) = '[]'
     AND (rule ->> 'extra_slot_from' IS NULL
          OR array_position(risks, NEW.risk_level) < array_position(risks, rule ->> 'extra_slot_from')) THEN
    RETURN NULL;
  END IF;
  IF NEW.key NOT LIKE 'rules.%' AND EXISTS (
       SELECT 1 FROM control.platform_config undone
         JOIN control.platform_config before ON before.key = undone.key AND before.ended_at = undone.activated_at
        WHERE undone.key = NEW.key AND undone.status = 'ROLLED_BACK' AND undone.ended_at = NEW.activated_at
          AND undone.can_rollback AND before.status = 'SUPERSEDED'
          AND before.version = NEW.restores
          AND (before.value, before.secret_id, before.secret) IS NOT DISTINCT FROM (NEW.value, NEW.secret_id, NEW.secret)) THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'version % of % is not approved', NEW.version, NEW.key USING ERRCODE = 'check_violation';
END $$;
CREATE CONSTRAINT TRIGGER platform_config_approved AFTER UPDATE ON control.platform_config
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.status = 'ACTIVE' AND OLD.status <> 'ACTIVE') EXECUTE FUNCTION control.check_config_active();

-- The immutable record, a hash chain for each setting. The setting is locked, so its entries have one order.
CREATE TABLE control.config_change_history (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key           text        NOT NULL REFERENCES control.config_setting,
  place         integer     NOT NULL,
  version_id    uuid        NOT NULL REFERENCES control.platform_config,
  version       integer     NOT NULL,
  action        text        NOT NULL,
  status        text        NOT NULL,
  actor         text        NOT NULL,
  at            timestamptz NOT NULL,
  reason        text,
  previous      jsonb,
  value         jsonb       NOT NULL,
  risk_level    text        NOT NULL,
  impact        jsonb       NOT NULL,
  can_rollback  boolean     NOT NULL,
  content_hash  text        NOT NULL,
  details       jsonb       NOT NULL DEFAULT '{}',
  request_id    text,
  previous_hash bytea       NOT NULL,
  hash          bytea       NOT NULL,
  UNIQUE (key, place)
);
COMMENT ON TABLE control.config_change_history IS 'What was done to a setting, by whom and why; never changed. Secrets are masked.';
COMMENT ON COLUMN control.config_change_history.place IS 'Its place among the entries of its key, from 1 on without a gap.';
COMMENT ON COLUMN control.config_change_history.hash IS 'The SHA-256 of previous_hash and of the row as jsonb text, without id and hashes; the first previous_hash is empty.';
CREATE INDEX config_change_history_version ON control.config_change_history (version_id, place);

CREATE FUNCTION control.config_history_hash(entry control.config_change_history) RETURNS bytea
  LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
  SELECT sha256(entry.previous_hash || convert_to((to_jsonb(entry) - 'id' - 'hash' - 'previous_hash')::text, 'UTF8'))
$$;
CREATE FUNCTION control.chain_config_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM control.platform_config v
                  WHERE (v.id, v.key, v.version, v.status, v.content_hash) = (NEW.version_id, NEW.key, NEW.version, NEW.status, NEW.content_hash)) THEN
    RAISE EXCEPTION 'an entry about % says something else than version % does', NEW.key, NEW.version USING ERRCODE = 'check_violation';
  END IF;
  SELECT h.place, h.hash INTO last FROM control.config_change_history h
   WHERE h.key = NEW.key ORDER BY h.place DESC LIMIT 1;
  NEW.place := coalesce(last.place, 0) + 1;
  NEW.previous_hash := coalesce(last.hash, ''::bytea);
  NEW.hash := control.config_history_hash(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER config_change_history_chain BEFORE INSERT ON control.config_change_history
  FOR EACH ROW EXECUTE FUNCTION control.chain_config_history();
CREATE TRIGGER config_change_history_append_only BEFORE UPDATE OR DELETE ON control.config_change_history
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER config_change_history_no_truncate BEFORE TRUNCATE ON control.config_change_history
  FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_change();

-- The entries of which the chain breaks.
CREATE FUNCTION control.broken_config_history() RETURNS TABLE (key text, place integer)
  LANGUAGE sql STABLE AS $$
  SELECT h.key, h.place
    FROM (SELECT e AS entry, e.key, e.place, e.hash, e.previous_hash,
                 lag(e.hash) OVER w AS before, row_number() OVER w AS expected
            FROM control.config_change_history e WINDOW w AS (PARTITION BY e.key ORDER BY e.place)) h
   WHERE h.place <> h.expected OR h.previous_hash <> coalesce(h.before, ''::bytea)
      OR h.hash <> control.config_history_hash(h.entry)
   ORDER BY 1, 2
$$;

-- What other services follow. One activation at a time takes a number here and commits, so numbers
-- are in the order of commits and a reader that has seen one has seen all before it.
CREATE TABLE control.config_event (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key        text        NOT NULL,
  version_id uuid        NOT NULL REFERENCES control.platform_config,
  at         timestamptz NOT NULL
);
COMMENT ON TABLE control.config_event IS 'Each activation, in the order of commits: what the stream of changes follows.';
CREATE FUNCTION control.tell_config_event() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('control.config_event', 0));
  INSERT INTO control.config_event (key, version_id, at) VALUES (NEW.key, NEW.id, NEW.activated_at);
  PERFORM pg_notify('config_event', NEW.key);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER platform_config_told AFTER UPDATE ON control.platform_config
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.status = 'ACTIVE' AND OLD.status <> 'ACTIVE') EXECUTE FUNCTION control.tell_config_event();

CREATE TABLE control.config_freeze_window (
  id           uuid PRIMARY KEY,
  begins_at    timestamptz NOT NULL,
  ends_at      timestamptz NOT NULL,
  reason       text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  created_by   text        NOT NULL,
  created_at   timestamptz NOT NULL,
  cancelled_by text,
  cancelled_at timestamptz,
  CHECK (ends_at > begins_at),
  CHECK ((cancelled_by IS NULL) = (cancelled_at IS NULL))
);
COMMENT ON TABLE control.config_freeze_window IS 'A time in which nothing is activated but rollbacks.';
CREATE INDEX config_event_version ON control.config_event (version_id);
CREATE INDEX config_freeze_window_listing ON control.config_freeze_window (created_at DESC, id DESC);
CREATE INDEX config_freeze_window_open ON control.config_freeze_window (ends_at) WHERE cancelled_at IS NULL;

ALTER TABLE control.approval_request DROP CONSTRAINT approval_request_subject_type_check;
ALTER TABLE control.approval_request ADD CONSTRAINT approval_request_subject_type_check
  CHECK (subject_type IN ('execution', 'automation', 'configuration'));

GRANT SELECT, INSERT, UPDATE (latest_version) ON control.config_setting TO control_api, control_worker;
GRANT SELECT, INSERT, UPDATE ON control.platform_config TO control_api, control_worker;
GRANT SELECT ON control.config_change_history, control.config_event TO control_api, control_worker;
GRANT INSERT (key, version_id, version, action, status, actor, at, reason, previous, value, risk_level, impact, can_rollback,
              content_hash, details, request_id)
  ON control.config_change_history TO control_api, control_worker;
GRANT SELECT, INSERT, UPDATE ON control.config_freeze_window TO control_api;
GRANT SELECT ON control.config_freeze_window TO control_worker;
-- Who only reads has no use for what is sealed.
REVOKE ALL ON control.platform_config FROM control_reader, control_dryrun;
DO $do$
BEGIN
  EXECUTE (SELECT format('GRANT SELECT (%s) ON control.platform_config TO control_reader, control_dryrun',
                         string_agg(quote_ident(attname), ', '))
             FROM pg_attribute WHERE attrelid = 'control.platform_config'::regclass AND attnum > 0 AND attname <> 'secret');
END $do$;
