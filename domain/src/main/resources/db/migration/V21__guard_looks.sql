-- A guard whose workflow was lost is missed when it does not look, and not only when its window ends.
ALTER TABLE control.platform_config ADD COLUMN guard_looked_at timestamptz;
COMMENT ON COLUMN control.platform_config.guard_looked_at IS 'When its guard last looked at the metric and went on; null before the first look.';

-- As before, but for that column, which changes while a version is active.
CREATE OR REPLACE FUNCTION control.check_config_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  later   text[] := ARRAY['status', 'ended_at', 'updated_at', 'revision', 'guard_outcome', 'guard_finding', 'guard_looked_at', 'secret'];
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
