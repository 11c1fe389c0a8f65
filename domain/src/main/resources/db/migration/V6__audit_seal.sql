-- The sealed audit log: a hash chain over its entries, what waits to be sealed, how long entries are
-- kept, and the one way to forget them. What may be deleted is decided by what stands in these
-- tables, never by a flag that a session could set. docs/audit.md describes the chain.

-- A writer says neither an entry's number nor its transaction.
REVOKE INSERT ON control.audit_log FROM control_api, control_worker;
GRANT INSERT (at, actor, action, subject_type, subject_id, outcome, reason, details, request_id)
  ON control.audit_log TO control_api, control_worker;

-- Lists go from the newest entry back, with any filter.
DROP INDEX control.audit_log_subject;
DROP INDEX control.audit_log_actor;
CREATE INDEX audit_log_listing ON control.audit_log (at, id);
CREATE INDEX audit_log_by_actor ON control.audit_log (actor, at, id);
CREATE INDEX audit_log_by_action ON control.audit_log (action, at, id);
CREATE INDEX audit_log_by_subject ON control.audit_log (subject_id, subject_type, at, id);
CREATE INDEX audit_log_by_type ON control.audit_log (subject_type, at, id);
CREATE INDEX audit_log_by_request ON control.audit_log (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX audit_log_refused ON control.audit_log (at, id) WHERE outcome = 'REFUSED';

CREATE TABLE control.audit_pending (
  audit_id bigint      PRIMARY KEY,
  txid     xid8        NOT NULL,
  since    timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE control.audit_pending IS 'Entries that have no seal yet, each written with its entry and deleted with its seal.';
CREATE INDEX audit_pending_order ON control.audit_pending (txid, audit_id);

CREATE TABLE control.audit_seal (
  position  bigint      PRIMARY KEY CHECK (position > 0),
  audit_id  bigint      NOT NULL UNIQUE,
  previous  bytea       NOT NULL CHECK (octet_length(previous) = 32),
  hash      bytea       NOT NULL CHECK (octet_length(hash) = 32),
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE control.audit_seal IS 'The chain: positions without a gap, each hash over the one before and the entry''s canonical text.';

CREATE TABLE control.audit_checkpoint (
  position  bigint      PRIMARY KEY CHECK (position > 0),
  hash      bytea       NOT NULL CHECK (octet_length(hash) = 32),
  pruned_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  pruned_by text        NOT NULL DEFAULT session_user
);
COMMENT ON TABLE control.audit_checkpoint IS 'Up to each position everything was forgotten; the rest goes on from its hash.';

CREATE TABLE control.audit_retention (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kept_for   interval    NOT NULL CHECK (kept_for >= interval '1 day'),
  reason     text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  changed_by text        NOT NULL DEFAULT session_user,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE control.audit_retention IS 'How long entries are kept; the newest row is the rule.';
INSERT INTO control.audit_retention (kept_for, reason) VALUES (interval '10 years', 'the rule from the start');

CREATE TABLE control.audit_sealer (
  one boolean PRIMARY KEY DEFAULT true CHECK (one)
);
COMMENT ON TABLE control.audit_sealer IS 'Who seals has locked its row. No advisory lock: any role could hold one for ever.';
INSERT INTO control.audit_sealer VALUES (true);

CREATE VIEW control.audit_head AS
  SELECT position, hash FROM (
    (SELECT position, hash FROM control.audit_seal ORDER BY position DESC LIMIT 1)
    UNION ALL
    (SELECT position, hash FROM control.audit_checkpoint ORDER BY position DESC LIMIT 1)
    UNION ALL
    SELECT 0, decode(repeat('00', 32), 'hex')) AS end_of_chain
  ORDER BY position DESC LIMIT 1;
COMMENT ON VIEW control.audit_head IS 'The newest position and hash; before the first entry 0 and 32 zero bytes.';

-- Written entries wait for their seal.
CREATE FUNCTION control.await_seal() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.audit_pending (audit_id, txid) VALUES (NEW.id, NEW.txid);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_log_waits AFTER INSERT ON control.audit_log
  FOR EACH ROW EXECUTE FUNCTION control.await_seal();
INSERT INTO control.audit_pending (audit_id, txid) SELECT id, txid FROM control.audit_log;

-- Whoever writes seals: they continue the chain without a gap, and seal what waits.
CREATE FUNCTION control.accept_seals() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  head_position bigint;
  head_hash     bytea;
  first         bigint;
  given         bigint;
  wrong         bigint;
BEGIN
  SELECT min(position), count(*) INTO first, given FROM new_seals;
  IF given = 0 THEN
    RETURN NULL;
  END IF;
  SELECT position, hash INTO head_position, head_hash FROM (
    (SELECT position, hash FROM control.audit_seal WHERE position < first ORDER BY position DESC LIMIT 1)
    UNION ALL
    (SELECT position, hash FROM control.audit_checkpoint ORDER BY position DESC LIMIT 1)
    UNION ALL
    SELECT 0, decode(repeat('00', 32), 'hex')) AS before
   ORDER BY position DESC LIMIT 1;
  SELECT count(*) INTO wrong FROM (
    SELECT position, previous,
           lag(position, 1, head_position) OVER (ORDER BY position) AS position_before,
           lag(hash, 1, head_hash) OVER (ORDER BY position) AS hash_before
      FROM new_seals) AS link
   WHERE position <> position_before + 1 OR previous <> hash_before;
  IF wrong > 0 THEN
    RAISE EXCEPTION 'the seals do not continue the chain at position %', head_position
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  DELETE FROM control.audit_pending p USING new_seals n WHERE p.audit_id = n.audit_id;
  GET DIAGNOSTICS wrong = ROW_COUNT;
  IF wrong <> given THEN
    RAISE EXCEPTION '% of % seals are of entries that do not wait for one', given - wrong, given
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_seal_accepted AFTER INSERT ON control.audit_seal
  REFERENCING NEW TABLE AS new_seals
  FOR EACH STATEMENT EXECUTE FUNCTION control.accept_seals();

-- An entry stops waiting when its seal stands.
CREATE FUNCTION control.refuse_lost_entry() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM control.audit_seal WHERE audit_id = OLD.audit_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% on control.audit_pending is refused: the entry has no seal', TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_pending_guard BEFORE UPDATE OR DELETE ON control.audit_pending
  FOR EACH ROW EXECUTE FUNCTION control.refuse_lost_entry();

-- Entries and seals go only below a checkpoint, and a checkpoint stands only where the rule lets it.
CREATE FUNCTION control.refuse_early_forgetting() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  sealed_as bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF TG_TABLE_NAME = 'audit_seal' THEN
      sealed_as := OLD.position;
    ELSE
      SELECT position INTO sealed_as FROM control.audit_seal WHERE audit_id = OLD.id;
    END IF;
    IF sealed_as <= (SELECT max(position) FROM control.audit_checkpoint) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION '% on %.% is refused: it is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER audit_log_append_only ON control.audit_log;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON control.audit_log
  FOR EACH ROW EXECUTE FUNCTION control.refuse_early_forgetting();
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE ON control.audit_seal
  FOR EACH ROW EXECUTE FUNCTION control.refuse_early_forgetting();

CREATE FUNCTION control.forget_below_checkpoint() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  cutoff timestamptz;
BEGIN
  SELECT clock_timestamp() - kept_for INTO STRICT cutoff
    FROM control.audit_retention ORDER BY id DESC LIMIT 1;
  -- Both times: an entry's own was said by a process whose clock may have been wrong.
  IF NOT EXISTS (SELECT FROM control.audit_seal WHERE position = NEW.position AND hash = NEW.hash)
     OR EXISTS (SELECT FROM control.audit_seal s LEFT JOIN control.audit_log a ON a.id = s.audit_id
                 WHERE s.position <= NEW.position
                   AND (a.id IS NULL OR a.at >= cutoff OR s.sealed_at >= cutoff)) THEN
    RAISE EXCEPTION 'position % is no place for a checkpoint: not everything up to it is sealed and older than %',
      NEW.position, cutoff USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM control.audit_log a USING control.audit_seal s
   WHERE a.id = s.audit_id AND s.position <= NEW.position;
  DELETE FROM control.audit_seal WHERE position <= NEW.position;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_checkpoint_forgets AFTER INSERT ON control.audit_checkpoint
  FOR EACH ROW EXECUTE FUNCTION control.forget_below_checkpoint();

-- A change of the rule is an entry itself.
CREATE FUNCTION control.record_retention() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO control.audit_log (at, actor, action, subject_type, subject_id, outcome, reason, details)
  VALUES (clock_timestamp(), NEW.changed_by, 'audit.retention', 'audit', 'retention', 'ALLOWED',
          NEW.reason, jsonb_build_object('kept_for', NEW.kept_for::text, 'database_role', session_user));
  RETURN NULL;
END $$;
CREATE TRIGGER audit_retention_recorded AFTER INSERT ON control.audit_retention
  FOR EACH ROW EXECUTE FUNCTION control.record_retention();

CREATE FUNCTION control.audit_prune(OUT removed bigint, OUT checkpoint bigint, OUT hash text)
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  cutoff timestamptz;
  kept   bigint;
  first  bigint;
  sealed bytea;
BEGIN
  PERFORM FROM control.audit_sealer FOR UPDATE;
  SELECT clock_timestamp() - kept_for INTO STRICT cutoff
    FROM control.audit_retention ORDER BY id DESC LIMIT 1;
  SELECT min(position) INTO first FROM control.audit_seal;
  SELECT s.position INTO kept FROM control.audit_seal s
    LEFT JOIN control.audit_log a ON a.id = s.audit_id
   WHERE a.id IS NULL OR a.at >= cutoff OR s.sealed_at >= cutoff
   ORDER BY s.position LIMIT 1;
  checkpoint := coalesce(kept, (SELECT position + 1 FROM control.audit_head)) - 1;
  removed := coalesce(checkpoint - first + 1, 0);
  IF removed <= 0 THEN
    SELECT max(c.position), 0 INTO checkpoint, removed FROM control.audit_checkpoint c;
    SELECT encode(c.hash, 'hex') INTO hash FROM control.audit_checkpoint c WHERE c.position = checkpoint;
    RETURN;
  END IF;
  SELECT s.hash INTO STRICT sealed FROM control.audit_seal s WHERE s.position = checkpoint;
  INSERT INTO control.audit_checkpoint (position, hash) VALUES (checkpoint, sealed);
  hash := encode(sealed, 'hex');
  INSERT INTO control.audit_log (at, actor, action, subject_type, subject_id, outcome, reason, details)
  VALUES (clock_timestamp(), session_user, 'audit.prune', 'audit', 'chain', 'ALLOWED',
          'older than the retention rule',
          jsonb_build_object('first', first, 'last', checkpoint, 'last_hash', hash, 'removed', removed));
END $$;
COMMENT ON FUNCTION control.audit_prune() IS 'Forgets the sealed entries at the chain''s beginning that are older than the retention rule, and records that it did. For control_owner alone.';
REVOKE ALL ON FUNCTION control.audit_prune() FROM PUBLIC;

CREATE TRIGGER audit_checkpoint_append_only BEFORE UPDATE OR DELETE ON control.audit_checkpoint
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER audit_retention_append_only BEFORE UPDATE OR DELETE ON control.audit_retention
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();

-- Nothing is truncated; and every trigger fires in a session that replicates, too.
DO $$
DECLARE
  guarded text;
  fired   record;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['audit_pending', 'audit_seal', 'audit_checkpoint', 'audit_retention'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON control.%I FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_change()',
      guarded || '_no_truncate', guarded);
  END LOOP;
  FOR fired IN SELECT tgname, relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                WHERE c.relnamespace = 'control'::regnamespace AND c.relname LIKE 'audit\_%' AND NOT tgisinternal LOOP
    EXECUTE format('ALTER TABLE control.%I ENABLE ALWAYS TRIGGER %I', fired.relname, fired.tgname);
  END LOOP;
END $$;

GRANT SELECT ON control.audit_pending, control.audit_seal, control.audit_checkpoint, control.audit_head
  TO control_api, control_worker;
GRANT INSERT (position, audit_id, previous, hash) ON control.audit_seal TO control_worker;
GRANT SELECT, UPDATE ON control.audit_sealer TO control_worker;
