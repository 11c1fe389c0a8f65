-- What becomes of a payout after the gateway's answer: the history of its states, retries and
-- reversals that people ask for, and the gateway's book held against ours.

-- ------------------------------------------------------------------------------------------------
-- The history of states, written by the statement that changes the state.
CREATE TABLE control.payout_history (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  payout_id    uuid        NOT NULL,
  from_status  text        NOT NULL,
  to_status    text        NOT NULL,
  at           timestamptz NOT NULL,
  changed_by   text        NOT NULL,
  execution_id uuid,
  attempt      integer,
  reason       text,
  request_id   text,
  CHECK ((from_status, to_status) IN (
    ('REQUESTED', 'APPROVED'), ('REQUESTED', 'REJECTED'), ('APPROVED', 'DISBURSING'),
    ('DISBURSING', 'DISBURSED'), ('DISBURSING', 'FAILED'),
    ('FAILED', 'APPROVED'), ('FAILED', 'REVERSED'), ('DISBURSED', 'REVERSED')))
);
COMMENT ON TABLE control.payout_history IS 'Each change of a payout''s state: by whom, when and why. The state itself is the marketplace''s row.';
COMMENT ON COLUMN control.payout_history.changed_by IS 'A person, automation:ID, or system:payout-transfer with the gateway''s answer.';
COMMENT ON COLUMN control.payout_history.execution_id IS 'The execution that decided; null where none did.';
COMMENT ON COLUMN control.payout_history.attempt IS 'The attempt to send it that this is about; null before the first.';
CREATE INDEX payout_history_of ON control.payout_history (payout_id, id);

CREATE FUNCTION control.check_payout_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stands text := (SELECT to_status FROM control.payout_history
                   WHERE payout_id = NEW.payout_id ORDER BY id DESC LIMIT 1);
BEGIN
  IF stands <> NEW.from_status THEN
    RAISE EXCEPTION 'payout %: its history stands at %, not at %', NEW.payout_id, stands, NEW.from_status
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_history_unbroken BEFORE INSERT ON control.payout_history
  FOR EACH ROW EXECUTE FUNCTION control.check_payout_history();
CREATE TRIGGER payout_history_append_only BEFORE UPDATE OR DELETE ON control.payout_history
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER payout_history_no_truncate BEFORE TRUNCATE ON control.payout_history
  FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_change();
GRANT SELECT ON control.payout_history TO control_api;
GRANT SELECT, INSERT ON control.payout_history TO control_worker;

-- ------------------------------------------------------------------------------------------------
-- Bookings that take others back: their exact mirror, once.
ALTER TABLE control.ledger_entry DROP CONSTRAINT ledger_entry_kind_check;
ALTER TABLE control.ledger_entry ADD CONSTRAINT ledger_entry_kind_check
  CHECK (kind IN ('RESERVE', 'DISBURSE', 'COMPENSATE', 'RETURN', 'RELEASE'));
ALTER TABLE control.ledger_entry ADD COLUMN reverses bigint UNIQUE REFERENCES control.ledger_entry;
ALTER TABLE control.ledger_entry ADD CONSTRAINT ledger_entry_reverses_check
  CHECK ((kind IN ('RETURN', 'RELEASE')) = (reverses IS NOT NULL));
COMMENT ON COLUMN control.ledger_entry.reverses IS 'The entry whose mirror it is: RETURN of a DISBURSE, RELEASE of a RESERVE.';
-- What was reserved is given back once, whether the gateway refused or paid and took it back.
CREATE UNIQUE INDEX ledger_entry_given_back ON control.ledger_entry (payout_id, attempt)
  WHERE kind IN ('COMPENSATE', 'RELEASE');

CREATE FUNCTION control.check_entry_mirrors() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  original control.ledger_entry := (SELECT e FROM control.ledger_entry e WHERE id = NEW.reverses);
BEGIN
  IF (original.payout_id, original.attempt) IS DISTINCT FROM (NEW.payout_id, NEW.attempt)
     OR (original.kind, NEW.kind) NOT IN (('DISBURSE', 'RETURN'), ('RESERVE', 'RELEASE'))
     OR EXISTS (SELECT FROM (SELECT account, amount_santim FROM control.ledger_posting WHERE entry_id = NEW.id) m
                  FULL JOIN (SELECT account, amount_santim FROM control.ledger_posting WHERE entry_id = NEW.reverses) o
                         ON o.account = m.account AND o.amount_santim = -m.amount_santim
                 WHERE m.account IS NULL OR o.account IS NULL) THEN
    RAISE EXCEPTION 'ledger entry % does not mirror entry %', NEW.id, NEW.reverses USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_mirrors AFTER INSERT ON control.ledger_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.reverses IS NOT NULL)
  EXECUTE FUNCTION control.check_entry_mirrors();

-- ------------------------------------------------------------------------------------------------
-- Retries and reversals that people asked for.
CREATE TABLE control.payout_correction (
  id                uuid        PRIMARY KEY,
  payout_id         uuid        NOT NULL,
  attempt           integer     NOT NULL,
  kind              text        NOT NULL CHECK (kind IN ('RETRY', 'REVERSAL')),
  status            text        NOT NULL CHECK (status IN ('REQUESTED', 'ASKING', 'DONE', 'REFUSED')),
  idempotency_key   text        NOT NULL UNIQUE,
  reason            text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  requested_by      text        NOT NULL,
  requested_at      timestamptz NOT NULL,
  request_id        text,
  gateway_reference text        UNIQUE,
  refusal           text,
  settled_at        timestamptz,
  FOREIGN KEY (payout_id, attempt) REFERENCES control.payout_transfer,
  CHECK ((status IN ('DONE', 'REFUSED')) = (settled_at IS NOT NULL)),
  CHECK ((status = 'REFUSED') = (refusal IS NOT NULL)),
  CHECK (gateway_reference IS NULL OR (kind = 'REVERSAL' AND status = 'DONE'))
);
COMMENT ON TABLE control.payout_correction IS 'A retry of a payout that failed, or a reversal of one that was paid or failed, as a person asked for it.';
COMMENT ON COLUMN control.payout_correction.attempt IS 'The attempt that it is about: the one that was refused or paid.';
COMMENT ON COLUMN control.payout_correction.status IS 'ASKING: the gateway may have been asked. REFUSED: nothing was changed, and refusal says why.';
COMMENT ON COLUMN control.payout_correction.idempotency_key IS 'By which the gateway is asked to take money back; fixed before it is first called.';
COMMENT ON COLUMN control.payout_correction.gateway_reference IS 'The gateway''s name of the money that it took back.';
-- One at a time, whoever asks; and each attempt is followed by one other at most.
CREATE UNIQUE INDEX payout_correction_one_open ON control.payout_correction (payout_id) WHERE status IN ('REQUESTED', 'ASKING');
CREATE UNIQUE INDEX payout_correction_one_done ON control.payout_correction (payout_id, attempt) WHERE status = 'DONE';
CREATE UNIQUE INDEX payout_correction_one_reversal ON control.payout_correction (payout_id) WHERE kind = 'REVERSAL' AND status = 'DONE';
CREATE INDEX payout_correction_of ON control.payout_correction (payout_id, requested_at, id);
CREATE INDEX payout_correction_open ON control.payout_correction (requested_at, id) WHERE status IN ('REQUESTED', 'ASKING');

CREATE FUNCTION control.check_correction_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'REQUESTED' THEN
      RAISE EXCEPTION 'correction % begins as REQUESTED, not as %', NEW.id, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
    RAISE EXCEPTION '% on %.% is refused: a correction is kept for ever', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (NEW.id, NEW.payout_id, NEW.attempt, NEW.kind, NEW.idempotency_key, NEW.reason, NEW.requested_by, NEW.requested_at, NEW.request_id)
     IS DISTINCT FROM
     (OLD.id, OLD.payout_id, OLD.attempt, OLD.kind, OLD.idempotency_key, OLD.reason, OLD.requested_by, OLD.requested_at, OLD.request_id) THEN
    RAISE EXCEPTION 'correction %: what was asked for never changes', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF (OLD.status, NEW.status) NOT IN
     (('REQUESTED', 'ASKING'), ('REQUESTED', 'REFUSED'), ('ASKING', 'DONE'), ('ASKING', 'REFUSED')) THEN
    RAISE EXCEPTION 'correction % cannot become % from %', OLD.id, NEW.status, OLD.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_correction_one_way BEFORE INSERT OR UPDATE OR DELETE ON control.payout_correction
  FOR EACH ROW EXECUTE FUNCTION control.check_correction_change();
CREATE TRIGGER payout_correction_no_truncate BEFORE TRUNCATE ON control.payout_correction
  FOR EACH STATEMENT EXECUTE FUNCTION control.check_correction_change();
GRANT SELECT, INSERT ON control.payout_correction TO control_api;
GRANT SELECT, UPDATE ON control.payout_correction TO control_worker;

-- ------------------------------------------------------------------------------------------------
-- The gateway's book held against ours.
CREATE INDEX payout_transfer_paid ON control.payout_transfer (settled_at, idempotency_key) WHERE status = 'PAID';
CREATE INDEX payout_correction_taken_back ON control.payout_correction (settled_at, idempotency_key) WHERE gateway_reference IS NOT NULL;

-- What the ledger says left by an attempt, or came back by its reversal, in santim.
CREATE FUNCTION control.payout_moved_santim(payout uuid, of_attempt integer, entry_kind text)
RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE entry_kind WHEN 'DISBURSEMENT' THEN -p.amount_santim ELSE p.amount_santim END
    FROM control.ledger_entry e JOIN control.ledger_posting p ON p.entry_id = e.id
   WHERE e.payout_id = payout AND e.attempt = of_attempt AND p.account = 'gateway_cash'
     AND e.kind = CASE entry_kind WHEN 'DISBURSEMENT' THEN 'DISBURSE' ELSE 'RETURN' END
$$;

CREATE TABLE control.reconciliation (
  id             uuid        PRIMARY KEY,
  origin         text        NOT NULL CHECK (origin IN ('SCHEDULED', 'MANUAL')),
  begins_at      timestamptz NOT NULL,
  ends_at        timestamptz NOT NULL,
  status         text        NOT NULL CHECK (status IN ('RUNNING', 'COMPLETED', 'FAILED')),
  requested_by   text        NOT NULL,
  reason         text,
  request_id     text,
  created_at     timestamptz NOT NULL,
  finished_at    timestamptz,
  failure        text,
  position       text,
  pages          integer     NOT NULL DEFAULT 0,
  book_read      boolean     NOT NULL DEFAULT false,
  entries        bigint      NOT NULL DEFAULT 0,
  matched        bigint      NOT NULL DEFAULT 0,
  settling       bigint      NOT NULL DEFAULT 0,
  matched_santim bigint      NOT NULL DEFAULT 0,
  differences    bigint,
  gateway_santim bigint,
  our_santim     bigint,
  CHECK (begins_at < ends_at),
  CHECK ((status = 'RUNNING') = (finished_at IS NULL)),
  CHECK ((status = 'FAILED') = (failure IS NOT NULL)),
  CHECK (status <> 'COMPLETED' OR num_nulls(differences, gateway_santim, our_santim) = 0)
);
COMMENT ON TABLE control.reconciliation IS 'One comparison of the gateway''s book of a period with our attempts and ledger; sums in santim, money that left positive.';
COMMENT ON COLUMN control.reconciliation.position IS 'Where the gateway''s book goes on, in its own words: written with the page''s comparison, so a run that was killed goes on there.';
COMMENT ON COLUMN control.reconciliation.settling IS 'Entries whose answer may still be on its way to us: neither matched nor different.';
COMMENT ON COLUMN control.reconciliation.matched_santim IS 'The sum of what both say.';
CREATE UNIQUE INDEX reconciliation_day ON control.reconciliation (begins_at, ends_at) WHERE origin = 'SCHEDULED';
CREATE INDEX reconciliation_listing ON control.reconciliation (created_at DESC, id DESC);
CREATE INDEX reconciliation_by_status ON control.reconciliation (status, created_at DESC, id DESC);

CREATE TABLE control.reconciliation_entry (
  run_id          uuid        NOT NULL REFERENCES control.reconciliation,
  kind            text        NOT NULL CHECK (kind IN ('DISBURSEMENT', 'REVERSAL')),
  gateway_id      text        NOT NULL,
  idempotency_key text        NOT NULL,
  payout_id       uuid,
  amount_santim   bigint      NOT NULL,
  is_done         boolean     NOT NULL,
  at              timestamptz NOT NULL,
  PRIMARY KEY (run_id, kind, gateway_id)
);
COMMENT ON TABLE control.reconciliation_entry IS 'What the gateway''s book says, for as long as its run is at work.';
COMMENT ON COLUMN control.reconciliation_entry.is_done IS 'Whether money moved; the gateway refused otherwise.';
CREATE INDEX reconciliation_entry_of ON control.reconciliation_entry (run_id, payout_id);

CREATE TABLE control.reconciliation_difference (
  run_id            uuid        NOT NULL REFERENCES control.reconciliation,
  subject           text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  kind              text        NOT NULL CHECK (kind IN ('MISSING_HERE', 'MISSING_THERE', 'AMOUNT_DIFFERS', 'STATE_DIFFERS', 'PAID_TWICE')),
  entry_kind        text        NOT NULL CHECK (entry_kind IN ('DISBURSEMENT', 'REVERSAL')),
  idempotency_key   text        NOT NULL,
  gateway_reference text,
  payout_id         uuid,
  our_status        text,
  gateway_status    text,
  our_santim        bigint      NOT NULL,
  gateway_santim    bigint      NOT NULL,
  at                timestamptz NOT NULL,
  PRIMARY KEY (run_id, subject)
);
COMMENT ON TABLE control.reconciliation_difference IS 'Where the two books disagree: what each says that left, in santim; taken back is negative.';
COMMENT ON COLUMN control.reconciliation_difference.subject IS 'Which difference: the same in every run that finds it, and the subject of its alert.';
CREATE INDEX reconciliation_difference_at ON control.reconciliation_difference (at, subject);

GRANT SELECT, INSERT ON control.reconciliation TO control_api;
GRANT SELECT ON control.reconciliation_difference TO control_api;
GRANT SELECT, INSERT, UPDATE ON control.reconciliation TO control_worker;
GRANT SELECT, INSERT, DELETE ON control.reconciliation_entry TO control_worker;
GRANT SELECT, INSERT ON control.reconciliation_difference TO control_worker;

INSERT INTO control.alert_rule (name, description, severity, roles, channels)
VALUES
  ('payout.reconciliation_difference', 'The payment gateway''s book and ours disagree.',
   'critical', '{CFO,CTO}', '{in_app,mail}'),
  ('payout.reconciliation_failed', 'The payment gateway''s book of a period could not be held against ours.',
   'high', '{CTO,DEVOPS}', '{in_app,mail}');
