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
  IF NEW.status <> 'WAITING' OR jsonb_array_length(NEW.slots) = 0 THEN
    RAISE EXCEPTION 'approval % begins as WAITING, for at least one slot', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_request_begins BEFORE INSERT ON control.approval_request
  FOR EACH ROW EXECUTE FUNCTION control.check_new_approval_request();

-- Only who may fill a slot grows, by an escalation; all else that was asked stays.
CREATE OR REPLACE FUNCTION control.check_approval_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  mutable    text[] := ARRAY['slots', 'open_roles', 'status', 'decided_at', 'comment'];
  approvals  bigint;
  rejections bigint;
BEGIN
  IF OLD.status <> 'WAITING'
     OR to_jsonb(NEW) - mutable <> to_jsonb(OLD) - mutable
     OR jsonb_array_length(NEW.slots) <> jsonb_array_length(OLD.slots)
     OR EXISTS (SELECT 1 FROM jsonb_array_elements(OLD.slots) WITH ORDINALITY slot(roles, place)
                 WHERE NOT NEW.slots -> (slot.place::integer - 1) @> slot.roles) THEN
    RAISE EXCEPTION 'approval % is %: it cannot be changed', OLD.id, OLD.status USING ERRCODE = 'check_violation';
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
