-- What waits for people, whatever capability asks.

CREATE TABLE control.approval_request (
  id           uuid PRIMARY KEY,
  subject_type text        NOT NULL CHECK (subject_type IN ('execution', 'automation')),
  subject_id   text        NOT NULL,
  subject_key  text        NOT NULL,
  name         text        NOT NULL,
  title        text        NOT NULL,
  link         text        NOT NULL,
  slots        jsonb       NOT NULL,
  open_roles   text[]      NOT NULL,
  authors      text[]      NOT NULL,
  content_hash text        NOT NULL,
  status       text        NOT NULL CHECK (status IN ('WAITING', 'APPROVED', 'REJECTED', 'TIMED_OUT', 'WITHDRAWN')),
  requested_at timestamptz NOT NULL,
  due_at       timestamptz,
  timeout      text,
  decided_at   timestamptz,
  comment      text,
  request_id   text,
  waits_in     text,
  UNIQUE (subject_type, subject_id, subject_key),
  CHECK ((decided_at IS NULL) = (status = 'WAITING'))
);
COMMENT ON TABLE control.approval_request IS 'One question to people: the slots that different people fill, who may not (authors), what exactly is approved (content_hash), and how it ended.';
COMMENT ON COLUMN control.approval_request.subject_key IS 'What of the subject is asked: a step''s path, or a version. With subject_type and subject_id its identity: asking again finds it.';
COMMENT ON COLUMN control.approval_request.waits_in IS 'The id of the workflow that waits for it; null for a watch of its own.';
COMMENT ON COLUMN control.approval_request.open_roles IS 'Every role that an open slot asks for, empty once decided: finds what waits for a person.';
CREATE INDEX approval_request_waiting ON control.approval_request (requested_at DESC, id DESC) WHERE status = 'WAITING';
CREATE INDEX approval_request_open_roles ON control.approval_request USING gin (open_roles) WHERE status = 'WAITING';
CREATE INDEX approval_request_listing ON control.approval_request (requested_at DESC, id DESC);

CREATE TABLE control.approval_timer (
  request_id uuid        NOT NULL REFERENCES control.approval_request,
  at         timestamptz NOT NULL,
  kind       text        NOT NULL CHECK (kind IN ('REMIND', 'ESCALATE')),
  roles      text[]      NOT NULL,
  fired_at   timestamptz,
  PRIMARY KEY (request_id, at, kind)
);
COMMENT ON TABLE control.approval_timer IS 'When people are reminded of a request, and when others (roles) are asked besides. A durable timer of Temporal wakes at these times; what is due is decided here.';

CREATE TABLE control.approval_decision (
  request_id   uuid        NOT NULL REFERENCES control.approval_request,
  person       text        NOT NULL,
  on_behalf_of text,
  roles        text[]      NOT NULL,
  decision     text        NOT NULL CHECK (decision IN ('APPROVE', 'REJECT')),
  comment      text,
  at           timestamptz NOT NULL,
  PRIMARY KEY (request_id, person),
  UNIQUE (request_id, on_behalf_of)
);
COMMENT ON TABLE control.approval_decision IS 'What each person said, with the roles that counted; append-only.';

-- Four eyes hold whatever the programs do.
CREATE FUNCTION control.check_approval_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked control.approval_request;
BEGIN
  SELECT * INTO asked FROM control.approval_request WHERE id = NEW.request_id FOR UPDATE;
  IF asked.status <> 'WAITING' THEN
    RAISE EXCEPTION 'approval % is % already', NEW.request_id, asked.status USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.person = ANY (asked.authors) OR NEW.on_behalf_of = ANY (asked.authors) THEN
    RAISE EXCEPTION 'approval %: nobody decides on what is their own', NEW.request_id USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM control.approval_decision d
              WHERE d.request_id = NEW.request_id
                AND (d.person = NEW.on_behalf_of OR d.on_behalf_of = NEW.person)) THEN
    RAISE EXCEPTION 'approval %: nobody decides twice', NEW.request_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_decision_four_eyes BEFORE INSERT ON control.approval_decision
  FOR EACH ROW EXECUTE FUNCTION control.check_approval_decision();
CREATE TRIGGER approval_decision_append_only BEFORE UPDATE OR DELETE ON control.approval_decision
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER approval_decision_no_truncate BEFORE TRUNCATE ON control.approval_decision
  FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_change();

-- What was decided stays decided, and what was asked stays what was asked.
CREATE FUNCTION control.check_approval_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'WAITING'
     OR (NEW.id, NEW.subject_type, NEW.subject_id, NEW.subject_key, NEW.authors, NEW.content_hash, NEW.requested_at)
        IS DISTINCT FROM
        (OLD.id, OLD.subject_type, OLD.subject_id, OLD.subject_key, OLD.authors, OLD.content_hash, OLD.requested_at) THEN
    RAISE EXCEPTION 'approval % is %: it cannot be changed', OLD.id, OLD.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_request_settled BEFORE UPDATE ON control.approval_request
  FOR EACH ROW EXECUTE FUNCTION control.check_approval_request();
CREATE TRIGGER approval_request_kept BEFORE DELETE ON control.approval_request
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER approval_request_no_truncate BEFORE TRUNCATE ON control.approval_request
  FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_change();

-- AU-16, whatever the programs do: a version that moves money runs only once people approved exactly it. The
-- owner of the table installs samples. At the commit, as an automation is written before its version.
CREATE FUNCTION control.check_active_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = (SELECT tableowner FROM pg_tables
                      WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME) THEN
    RETURN NULL;
  END IF;
  IF EXISTS (
       SELECT 1
         FROM control.automation_workflow w
         JOIN control.automation_version v ON v.workflow_id = w.id AND v.version = w.active_version
        WHERE w.id = NEW.id AND w.active_version = NEW.active_version AND v.moves_money
          AND NOT EXISTS (
                SELECT 1 FROM control.approval_request r
                 WHERE r.subject_type = 'automation' AND r.subject_id = w.id::text
                   AND r.subject_key LIKE 'v' || v.version || '/%'
                   AND r.status = 'APPROVED' AND r.content_hash = v.content_hash)) THEN
    RAISE EXCEPTION 'version % of automation % moves money and is not approved', NEW.active_version, NEW.id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER automation_workflow_approved_insert AFTER INSERT ON control.automation_workflow
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.active_version IS NOT NULL)
  EXECUTE FUNCTION control.check_active_version();
CREATE CONSTRAINT TRIGGER automation_workflow_approved_update AFTER UPDATE ON control.automation_workflow
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.active_version IS NOT NULL AND NEW.active_version IS DISTINCT FROM OLD.active_version)
  EXECUTE FUNCTION control.check_active_version();

GRANT SELECT, INSERT, UPDATE ON control.approval_request, control.approval_timer TO control_api, control_worker;
GRANT SELECT, INSERT ON control.approval_decision TO control_api;
GRANT SELECT ON control.approval_decision TO control_worker;

-- People's answer completes the step that asked, in the API's transaction.
GRANT UPDATE (status, output, finished_at) ON control.execution_step TO control_api;
-- A row is locked only by who may update something of it.
GRANT UPDATE (updated_at) ON control.automation_workflow TO control_worker;
