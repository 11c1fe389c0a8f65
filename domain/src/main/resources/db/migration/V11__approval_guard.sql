-- The guarantees of V5 hold whoever writes and in whatever order.

-- A version is active only if it exists when that is checked: else it could be written after the check.
CREATE OR REPLACE FUNCTION control.check_active_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = (SELECT tableowner FROM pg_tables
                      WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME) THEN
    RETURN NULL;
  END IF;
  IF NOT EXISTS (
       SELECT 1 FROM control.automation_version v
        WHERE v.workflow_id = NEW.id AND v.version = NEW.active_version
          AND (NOT v.moves_money
               OR EXISTS (
                    SELECT 1 FROM control.approval_request r
                     WHERE r.subject_type = 'automation' AND r.subject_id = NEW.id::text
                       AND r.subject_key LIKE 'v' || v.version || '/%'
                       AND r.status = 'APPROVED' AND r.content_hash = v.content_hash))) THEN
    RAISE EXCEPTION 'version % of automation % moves money and is not approved, or does not exist', NEW.active_version, NEW.id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- A question begins open, and ends only by what people said or by its time.
CREATE FUNCTION control.check_new_approval_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'WAITING' THEN
    RAISE EXCEPTION 'approval % begins as WAITING', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_request_begins BEFORE INSERT ON control.approval_request
  FOR EACH ROW EXECUTE FUNCTION control.check_new_approval_request();

CREATE FUNCTION control.check_approval_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  approvals  bigint;
  rejections bigint;
BEGIN
  IF (NEW.title, NEW.name, NEW.link, NEW.due_at, jsonb_array_length(NEW.slots))
     IS DISTINCT FROM (OLD.title, OLD.name, OLD.link, OLD.due_at, jsonb_array_length(OLD.slots)) THEN
    RAISE EXCEPTION 'approval %: what was asked cannot be changed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) FILTER (WHERE decision = 'APPROVE'), count(*) FILTER (WHERE decision = 'REJECT')
    INTO approvals, rejections
    FROM control.approval_decision WHERE request_id = NEW.id;
  IF NEW.status = 'APPROVED' AND (approvals < jsonb_array_length(NEW.slots) OR rejections > 0)
     OR NEW.status = 'REJECTED' AND rejections = 0
     OR NEW.status = 'TIMED_OUT' AND (NEW.due_at IS NULL OR NEW.decided_at < NEW.due_at) THEN
    RAISE EXCEPTION 'approval %: nobody decided that it is %', NEW.id, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_request_settled_by_people BEFORE UPDATE ON control.approval_request
  FOR EACH ROW EXECUTE FUNCTION control.check_approval_outcome();
