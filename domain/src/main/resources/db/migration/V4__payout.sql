-- Payouts: the transfers that were tried, and the double-entry ledger that books them.
CREATE TABLE control.payout_transfer (
  payout_id         uuid        NOT NULL,
  attempt           integer     NOT NULL CHECK (attempt > 0),
  idempotency_key   text        NOT NULL UNIQUE,
  amount_santim     bigint      NOT NULL CHECK (amount_santim > 0),
  recipient         uuid        NOT NULL,
  status            text        NOT NULL CHECK (status IN ('CREATED', 'SENDING', 'PAID', 'REFUSED')),
  gateway_reference text,
  reason            text,
  request_id        text,
  created_at        timestamptz NOT NULL,
  settled_at        timestamptz,
  PRIMARY KEY (payout_id, attempt)
);
COMMENT ON TABLE control.payout_transfer IS 'One attempt to disburse a payout. Its idempotency key is fixed before the gateway is first called.';
-- At most one disbursement for each payout, whatever fails and retries; and one attempt alive at a time.
CREATE UNIQUE INDEX payout_transfer_one_live ON control.payout_transfer (payout_id) WHERE status <> 'REFUSED';
CREATE UNIQUE INDEX payout_transfer_reference ON control.payout_transfer (gateway_reference) WHERE gateway_reference IS NOT NULL;

CREATE TABLE control.ledger_account (
  name    text PRIMARY KEY,
  kind    text NOT NULL CHECK (kind IN ('ASSET', 'LIABILITY')),
  meaning text NOT NULL
);
COMMENT ON TABLE control.ledger_account IS 'The accounts of the payout ledger.';
INSERT INTO control.ledger_account VALUES
  ('seller_payable', 'LIABILITY', 'What the platform owes to sellers'),
  ('payouts_in_transit', 'LIABILITY', 'Payouts handed to the gateway and not yet answered'),
  ('gateway_cash', 'ASSET', 'The platform''s money at the payment gateway');

CREATE TABLE control.ledger_entry (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  txid      xid8        NOT NULL DEFAULT pg_current_xact_id(),
  payout_id uuid        NOT NULL,
  attempt   integer     NOT NULL,
  kind      text        NOT NULL CHECK (kind IN ('RESERVE', 'DISBURSE', 'COMPENSATE')),
  at        timestamptz NOT NULL,
  UNIQUE (payout_id, attempt, kind),
  FOREIGN KEY (payout_id, attempt) REFERENCES control.payout_transfer
);
COMMENT ON TABLE control.ledger_entry IS 'One booking; its postings sum to zero.';

CREATE TABLE control.ledger_posting (
  entry_id      bigint NOT NULL REFERENCES control.ledger_entry,
  account       text   NOT NULL REFERENCES control.ledger_account,
  amount_santim bigint NOT NULL CHECK (amount_santim <> 0),
  PRIMARY KEY (entry_id, account)
);
COMMENT ON TABLE control.ledger_posting IS 'One side of a booking in santim (1/100 ETB): debit positive, credit negative.';

CREATE FUNCTION control.check_posting_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM control.ledger_entry
                  WHERE id = NEW.entry_id AND txid = pg_current_xact_id()) THEN
    RAISE EXCEPTION 'ledger entry % is closed', NEW.entry_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
-- Serves both tables, whose rows name the entry differently.
CREATE FUNCTION control.check_entry_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry bigint := coalesce((to_jsonb(NEW) ->> 'entry_id')::bigint, (to_jsonb(NEW) ->> 'id')::bigint);
  sides integer;
  total numeric;
BEGIN
  SELECT count(*), coalesce(sum(amount_santim), 0) INTO sides, total
    FROM control.ledger_posting WHERE entry_id = entry;
  IF sides < 2 OR total <> 0 THEN
    RAISE EXCEPTION 'ledger entry % does not balance: % postings, sum % santim', entry, sides, total
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_posting_open BEFORE INSERT ON control.ledger_posting
  FOR EACH ROW EXECUTE FUNCTION control.check_posting_belongs();
CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON control.ledger_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION control.check_entry_balance();
CREATE CONSTRAINT TRIGGER ledger_posting_balances AFTER INSERT ON control.ledger_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION control.check_entry_balance();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON control.ledger_entry
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE ON control.ledger_posting
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON control.ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_change();
CREATE TRIGGER ledger_posting_no_truncate BEFORE TRUNCATE ON control.ledger_posting
  FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_change();

GRANT SELECT ON control.ledger_account TO control_api, control_worker;
GRANT SELECT ON control.payout_transfer, control.ledger_entry, control.ledger_posting TO control_api;
GRANT SELECT, INSERT, UPDATE ON control.payout_transfer TO control_worker;
GRANT SELECT, INSERT ON control.ledger_entry, control.ledger_posting TO control_worker;
