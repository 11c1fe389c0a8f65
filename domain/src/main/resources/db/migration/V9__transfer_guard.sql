-- A transfer goes one way, whoever writes it: CREATED, SENDING, then PAID or REFUSED for good.
ALTER TABLE control.payout_transfer ADD COLUMN sending_since timestamptz;
COMMENT ON COLUMN control.payout_transfer.sending_since IS 'When it was handed to the gateway; written by the trigger alone.';
UPDATE control.payout_transfer SET sending_since = created_at WHERE status <> 'CREATED';

CREATE FUNCTION control.check_transfer_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'CREATED' THEN
      RAISE EXCEPTION 'transfer %/a% begins as CREATED, not as %', NEW.payout_id, NEW.attempt, NEW.status
        USING ERRCODE = 'check_violation';
    END IF;
    NEW.sending_since := NULL;
    RETURN NEW;
  END IF;
  IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
    RAISE EXCEPTION '% on %.% is refused: a transfer is kept for ever', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.status IN ('PAID', 'REFUSED') THEN
    RAISE EXCEPTION 'transfer %/a% is % and never changes again', OLD.payout_id, OLD.attempt, OLD.status
      USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.payout_id, NEW.attempt, NEW.idempotency_key, NEW.amount_santim, NEW.recipient, NEW.request_id, NEW.created_at)
     IS DISTINCT FROM
     (OLD.payout_id, OLD.attempt, OLD.idempotency_key, OLD.amount_santim, OLD.recipient, OLD.request_id, OLD.created_at) THEN
    RAISE EXCEPTION 'transfer %/a%: whom it pays, how much and by which key never change', OLD.payout_id, OLD.attempt
      USING ERRCODE = 'check_violation';
  END IF;
  IF (OLD.status, NEW.status) NOT IN (('CREATED', 'SENDING'), ('SENDING', 'PAID'), ('SENDING', 'REFUSED')) THEN
    RAISE EXCEPTION 'transfer %/a% cannot become % from %', OLD.payout_id, OLD.attempt, NEW.status, OLD.status
      USING ERRCODE = 'check_violation';
  END IF;
  NEW.sending_since := CASE NEW.status WHEN 'SENDING' THEN now() ELSE OLD.sending_since END;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_transfer_one_way BEFORE INSERT OR UPDATE OR DELETE ON control.payout_transfer
  FOR EACH ROW EXECUTE FUNCTION control.check_transfer_change();
CREATE TRIGGER payout_transfer_no_truncate BEFORE TRUNCATE ON control.payout_transfer
  FOR EACH STATEMENT EXECUTE FUNCTION control.check_transfer_change();
