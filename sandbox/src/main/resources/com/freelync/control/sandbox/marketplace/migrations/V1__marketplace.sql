-- The marketplace's own data, the source of everything that the control center measures.
-- Amounts are ETB with two decimals; times are instants; categories are property and vehicle.

CREATE TABLE users (
  id            uuid PRIMARY KEY,
  registered_at timestamptz NOT NULL,
  is_buyer      boolean NOT NULL DEFAULT true,
  is_seller     boolean NOT NULL DEFAULT false,
  verified      boolean NOT NULL DEFAULT false,
  verified_at   timestamptz,
  trust_score   numeric(3,1) NOT NULL DEFAULT 5.0 CHECK (trust_score BETWEEN 0 AND 10),
  suspended     boolean NOT NULL DEFAULT false,
  region        text,
  full_name     text,
  email         text,
  phone         text,
  updated_at    timestamptz NOT NULL DEFAULT now(),
  CHECK (is_buyer OR is_seller),
  CHECK (verified = (verified_at IS NOT NULL))
);
CREATE INDEX users_registered_at ON users (registered_at);
CREATE INDEX users_verified_at ON users (verified_at) WHERE verified_at IS NOT NULL;
COMMENT ON TABLE users IS 'Registered people, as buyers, sellers, or both.';
COMMENT ON COLUMN users.id IS 'Identity of the user.';
COMMENT ON COLUMN users.registered_at IS 'When the user registered (counts as new then).';
COMMENT ON COLUMN users.is_buyer IS 'Whether the user buys; both roles are possible, at least one is set.';
COMMENT ON COLUMN users.is_seller IS 'Whether the user sells.';
COMMENT ON COLUMN users.verified IS 'Whether identity papers were checked.';
COMMENT ON COLUMN users.verified_at IS 'When they were; null while not verified.';
COMMENT ON COLUMN users.trust_score IS 'Trust from 0 (none) to 10 (full), one decimal.';
COMMENT ON COLUMN users.suspended IS 'Whether the user is barred from selling and being paid.';
COMMENT ON COLUMN users.region IS 'Home region of Ethiopia; null is reported as unknown.';
COMMENT ON COLUMN users.full_name IS 'Personal: the name.';
COMMENT ON COLUMN users.email IS 'Personal: the mail address.';
COMMENT ON COLUMN users.phone IS 'Personal: the phone number, +251….';
COMMENT ON COLUMN users.updated_at IS 'Last change of the row.';

CREATE TABLE seller_facts_history (
  user_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  valid_from  timestamptz NOT NULL,
  verified    boolean NOT NULL,
  trust_score numeric(3,1) NOT NULL CHECK (trust_score BETWEEN 0 AND 10),
  suspended   boolean NOT NULL,
  PRIMARY KEY (user_id, valid_from)
);
COMMENT ON TABLE seller_facts_history IS 'What was known of a user from an instant on, until the next row of that user; kept by a trigger on users.';
COMMENT ON COLUMN seller_facts_history.user_id IS 'The user.';
COMMENT ON COLUMN seller_facts_history.valid_from IS 'From when these facts hold (registration for the first row).';
COMMENT ON COLUMN seller_facts_history.verified IS 'Verified from then on.';
COMMENT ON COLUMN seller_facts_history.trust_score IS 'Trust from 0 to 10 from then on, one decimal.';
COMMENT ON COLUMN seller_facts_history.suspended IS 'Suspended from then on.';

-- Runs as its owner: nobody else may write the history. A bulk load brings its own history with it
-- and says so (SET marketplace.bulk_load = on).
CREATE FUNCTION record_seller_facts() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = marketplace, pg_temp AS $$
BEGIN
  IF current_setting('marketplace.bulk_load', true) = 'on' THEN
    RETURN NULL;
  END IF;
  INSERT INTO seller_facts_history (user_id, valid_from, verified, trust_score, suspended)
  VALUES (new.id,
          CASE tg_op WHEN 'INSERT' THEN new.registered_at ELSE clock_timestamp() END,
          new.verified, new.trust_score, new.suspended)
  ON CONFLICT (user_id, valid_from) DO UPDATE
    SET verified = excluded.verified, trust_score = excluded.trust_score,
        suspended = excluded.suspended;
  RETURN NULL;
END
$$;
CREATE TRIGGER record_first_facts AFTER INSERT ON users
  FOR EACH ROW EXECUTE FUNCTION record_seller_facts();
CREATE TRIGGER record_changed_facts AFTER UPDATE ON users
  FOR EACH ROW WHEN ((old.verified, old.trust_score, old.suspended)
                     IS DISTINCT FROM (new.verified, new.trust_score, new.suspended))
  EXECUTE FUNCTION record_seller_facts();

CREATE TABLE listings (
  id         uuid PRIMARY KEY,
  seller_id  uuid NOT NULL REFERENCES users,
  category   text CHECK (category IN ('property', 'vehicle')),
  region     text,
  title      text NOT NULL,
  price      numeric(14,2) NOT NULL CHECK (price > 0),
  status     text NOT NULL CHECK (status IN ('ACTIVE', 'SOLD', 'WITHDRAWN', 'EXPIRED')),
  listed_at  timestamptz NOT NULL,
  sold_at    timestamptz,
  closed_at  timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((status = 'SOLD') = (sold_at IS NOT NULL)),
  CHECK ((status IN ('WITHDRAWN', 'EXPIRED')) = (closed_at IS NOT NULL)),
  CHECK (sold_at >= listed_at),
  CHECK (closed_at >= listed_at)
);
CREATE INDEX listings_listed_at ON listings (listed_at);
CREATE INDEX listings_sold_at ON listings (sold_at) WHERE sold_at IS NOT NULL;
COMMENT ON TABLE listings IS 'Property and vehicles on offer; one is on offer from listed_at until sold_at or closed_at.';
COMMENT ON COLUMN listings.id IS 'Identity of the listing.';
COMMENT ON COLUMN listings.seller_id IS 'Who offers it.';
COMMENT ON COLUMN listings.category IS 'property or vehicle; null is reported as unknown.';
COMMENT ON COLUMN listings.region IS 'Region of Ethiopia where it is; null is reported as unknown.';
COMMENT ON COLUMN listings.title IS 'Headline.';
COMMENT ON COLUMN listings.price IS 'Asked price, ETB.';
COMMENT ON COLUMN listings.status IS 'ACTIVE (on offer), SOLD, WITHDRAWN (by the seller) or EXPIRED.';
COMMENT ON COLUMN listings.listed_at IS 'When it came on offer.';
COMMENT ON COLUMN listings.sold_at IS 'When it was sold; set exactly for SOLD.';
COMMENT ON COLUMN listings.closed_at IS 'When it left the offer unsold; set exactly for WITHDRAWN and EXPIRED.';
COMMENT ON COLUMN listings.updated_at IS 'Last change of the row.';

CREATE TABLE transactions (
  id                      uuid PRIMARY KEY,
  listing_id              uuid NOT NULL REFERENCES listings,
  buyer_id                uuid NOT NULL REFERENCES users,
  seller_id               uuid NOT NULL REFERENCES users,
  kind                    text NOT NULL CHECK (kind IN ('SALE', 'DEPOSIT', 'RENT')),
  status                  text NOT NULL CHECK (status IN ('PENDING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  amount                  numeric(14,2) NOT NULL CHECK (amount > 0),
  platform_fee            numeric(14,2) NOT NULL CHECK (platform_fee BETWEEN 0 AND amount),
  commission_fee          numeric(14,2) NOT NULL CHECK (commission_fee BETWEEN 0 AND platform_fee),
  processor_fee           numeric(14,2) NOT NULL CHECK (processor_fee BETWEEN 0 AND amount),
  refunded_amount         numeric(14,2) NOT NULL DEFAULT 0 CHECK (refunded_amount BETWEEN 0 AND amount),
  refunded_platform_fee   numeric(14,2) NOT NULL DEFAULT 0 CHECK (refunded_platform_fee BETWEEN 0 AND platform_fee),
  refunded_commission_fee numeric(14,2) NOT NULL DEFAULT 0
    CHECK (refunded_commission_fee BETWEEN 0 AND least(commission_fee, refunded_platform_fee)),
  created_at              timestamptz NOT NULL,
  completed_at            timestamptz,
  refunded_at             timestamptz,
  updated_at              timestamptz NOT NULL DEFAULT now(),
  CHECK ((status = 'COMPLETED') = (completed_at IS NOT NULL)),
  CHECK (completed_at >= created_at),
  CHECK ((refunded_amount > 0) = (refunded_at IS NOT NULL)),
  CHECK (refunded_amount = 0 OR status = 'COMPLETED')
);
CREATE INDEX transactions_completed_at ON transactions (completed_at) WHERE completed_at IS NOT NULL;
CREATE INDEX transactions_listing ON transactions (listing_id);
COMMENT ON TABLE transactions IS 'Money that a buyer pays for a listing. A refund restates the original row.';
COMMENT ON COLUMN transactions.id IS 'Identity of the transaction.';
COMMENT ON COLUMN transactions.listing_id IS 'The listing paid for; gives category and region.';
COMMENT ON COLUMN transactions.buyer_id IS 'Who pays.';
COMMENT ON COLUMN transactions.seller_id IS 'Who sells.';
COMMENT ON COLUMN transactions.kind IS 'SALE (the listing is sold by it), DEPOSIT or RENT.';
COMMENT ON COLUMN transactions.status IS 'PENDING, COMPLETED, FAILED or CANCELLED; a refunded one stays COMPLETED.';
COMMENT ON COLUMN transactions.amount IS 'What the buyer pays, ETB, fees included.';
COMMENT ON COLUMN transactions.platform_fee IS 'FreeLync''s whole fee, ETB, part of amount.';
COMMENT ON COLUMN transactions.commission_fee IS 'The commission part of platform_fee, ETB; the rest is the service fee.';
COMMENT ON COLUMN transactions.processor_fee IS 'The payment processor''s fee, ETB, part of amount; never refunded.';
COMMENT ON COLUMN transactions.refunded_amount IS 'How much of amount was paid back, ETB; equal to amount when wholly refunded.';
COMMENT ON COLUMN transactions.refunded_platform_fee IS 'How much of platform_fee was given back, ETB.';
COMMENT ON COLUMN transactions.refunded_commission_fee IS 'How much of commission_fee was given back, ETB.';
COMMENT ON COLUMN transactions.created_at IS 'When the buyer began to pay.';
COMMENT ON COLUMN transactions.completed_at IS 'When the money was received; set exactly for COMPLETED.';
COMMENT ON COLUMN transactions.refunded_at IS 'When the (last) refund was made; null without one.';
COMMENT ON COLUMN transactions.updated_at IS 'Last change of the row.';

CREATE TABLE inquiries (
  id             uuid PRIMARY KEY,
  listing_id     uuid NOT NULL REFERENCES listings,
  buyer_id       uuid NOT NULL REFERENCES users,
  asked_at       timestamptz NOT NULL,
  transaction_id uuid REFERENCES transactions
);
CREATE INDEX inquiries_asked_at ON inquiries (asked_at);
COMMENT ON TABLE inquiries IS 'Questions of would-be buyers about a listing.';
COMMENT ON COLUMN inquiries.id IS 'Identity of the inquiry.';
COMMENT ON COLUMN inquiries.listing_id IS 'The listing asked about; gives category and region.';
COMMENT ON COLUMN inquiries.buyer_id IS 'Who asks.';
COMMENT ON COLUMN inquiries.asked_at IS 'When.';
COMMENT ON COLUMN inquiries.transaction_id IS 'The transaction it led to; null when none. It converted when that one is COMPLETED.';

CREATE TABLE payment_attempts (
  id             uuid PRIMARY KEY,
  transaction_id uuid NOT NULL REFERENCES transactions,
  attempted_at   timestamptz NOT NULL,
  status         text NOT NULL CHECK (status IN ('SUCCEEDED', 'FAILED')),
  method         text NOT NULL CHECK (method IN ('telebirr', 'cbe_birr', 'bank_transfer', 'card')),
  failure_code   text,
  amount         numeric(14,2) NOT NULL CHECK (amount > 0),
  CHECK ((status = 'FAILED') = (failure_code IS NOT NULL))
);
CREATE INDEX payment_attempts_attempted_at ON payment_attempts (attempted_at);
COMMENT ON TABLE payment_attempts IS 'Each try of a buyer to pay a transaction.';
COMMENT ON COLUMN payment_attempts.id IS 'Identity of the attempt.';
COMMENT ON COLUMN payment_attempts.transaction_id IS 'The transaction to be paid.';
COMMENT ON COLUMN payment_attempts.attempted_at IS 'When.';
COMMENT ON COLUMN payment_attempts.status IS 'SUCCEEDED or FAILED.';
COMMENT ON COLUMN payment_attempts.method IS 'telebirr, cbe_birr, bank_transfer or card.';
COMMENT ON COLUMN payment_attempts.failure_code IS 'Why it failed (insufficient_funds, declined, timeout); set exactly for FAILED.';
COMMENT ON COLUMN payment_attempts.amount IS 'What was to be paid, ETB.';

CREATE TABLE payouts (
  id                uuid PRIMARY KEY,
  seller_id         uuid NOT NULL REFERENCES users,
  transaction_id    uuid REFERENCES transactions,
  amount            numeric(14,2) NOT NULL CHECK (amount > 0),
  status            text NOT NULL DEFAULT 'REQUESTED' CHECK (status IN
    ('REQUESTED', 'APPROVED', 'REJECTED', 'DISBURSING', 'DISBURSED', 'FAILED', 'REVERSED')),
  requested_at      timestamptz NOT NULL,
  decided_at        timestamptz,
  decided_by        text,
  decision_reason   text,
  disbursed_at      timestamptz,
  gateway_reference text,
  failed_at         timestamptz,
  failure_reason    text,
  updated_at        timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX payouts_requested ON payouts (requested_at DESC, id DESC);
CREATE INDEX payouts_status ON payouts (status, requested_at DESC, id DESC);
CREATE INDEX payouts_seller ON payouts (seller_id);
CREATE INDEX payouts_disbursed_at ON payouts (disbursed_at) WHERE disbursed_at IS NOT NULL;
COMMENT ON TABLE payouts IS 'Money that a seller asks to be paid out. The row is the payout''s one truth; the control center changes it only through actions.';
COMMENT ON COLUMN payouts.id IS 'Identity of the payout.';
COMMENT ON COLUMN payouts.seller_id IS 'Who is to be paid.';
COMMENT ON COLUMN payouts.transaction_id IS 'The transaction whose proceeds it pays; null when it is for several. Gives category and region by its listing.';
COMMENT ON COLUMN payouts.amount IS 'What is asked for, ETB.';
COMMENT ON COLUMN payouts.status IS 'REQUESTED, then APPROVED, DISBURSING, DISBURSED; or REJECTED; or FAILED (refused by the gateway); or REVERSED (paid and taken back).';
COMMENT ON COLUMN payouts.requested_at IS 'When the seller asked.';
COMMENT ON COLUMN payouts.decided_at IS 'When it was approved or rejected; null before.';
COMMENT ON COLUMN payouts.decided_by IS 'Who or what decided (a person''s short name, or automation:NAME); null before.';
COMMENT ON COLUMN payouts.decision_reason IS 'Why, in words; null when none was given.';
COMMENT ON COLUMN payouts.disbursed_at IS 'When the gateway paid; null before.';
COMMENT ON COLUMN payouts.gateway_reference IS 'The gateway''s id of the disbursement; null before.';
COMMENT ON COLUMN payouts.failed_at IS 'When the gateway refused it for good; null when it did not.';
COMMENT ON COLUMN payouts.failure_reason IS 'The gateway''s reason for that.';
COMMENT ON COLUMN payouts.updated_at IS 'Last change of the row.';

CREATE TABLE disputes (
  id             uuid PRIMARY KEY,
  transaction_id uuid NOT NULL UNIQUE REFERENCES transactions,
  opened_by      uuid NOT NULL REFERENCES users,
  reason         text NOT NULL CHECK (reason IN
    ('not_as_described', 'not_delivered', 'double_charged', 'fraud_suspected')),
  status         text NOT NULL CHECK (status IN ('OPEN', 'RESOLVED_FOR_BUYER', 'RESOLVED_FOR_SELLER')),
  opened_at      timestamptz NOT NULL,
  resolved_at    timestamptz,
  CHECK ((status = 'OPEN') = (resolved_at IS NULL)),
  CHECK (resolved_at >= opened_at)
);
CREATE INDEX disputes_opened_at ON disputes (opened_at);
COMMENT ON TABLE disputes IS 'Complaints about a transaction, at most one for each.';
COMMENT ON COLUMN disputes.id IS 'Identity of the dispute.';
COMMENT ON COLUMN disputes.transaction_id IS 'The disputed transaction; the dispute rate counts it in that one''s period (completed_at).';
COMMENT ON COLUMN disputes.opened_by IS 'Who complained.';
COMMENT ON COLUMN disputes.reason IS 'not_as_described, not_delivered, double_charged or fraud_suspected.';
COMMENT ON COLUMN disputes.status IS 'OPEN, RESOLVED_FOR_BUYER (refunded) or RESOLVED_FOR_SELLER.';
COMMENT ON COLUMN disputes.opened_at IS 'When it was opened.';
COMMENT ON COLUMN disputes.resolved_at IS 'When it was resolved; null exactly while OPEN.';

CREATE TABLE documents (
  id          uuid PRIMARY KEY,
  owner_id    uuid NOT NULL REFERENCES users,
  listing_id  uuid REFERENCES listings,
  kind        text NOT NULL CHECK (kind IN
    ('national_id', 'trade_licence', 'title_deed', 'vehicle_registration', 'insurance')),
  status      text NOT NULL CHECK (status IN ('VALID', 'EXPIRED', 'REVOKED')),
  number      text,
  issued_on   date NOT NULL,
  expires_on  date NOT NULL,
  uploaded_at timestamptz NOT NULL,
  notified_at timestamptz,
  updated_at  timestamptz NOT NULL DEFAULT now(),
  CHECK (expires_on > issued_on)
);
CREATE INDEX documents_expiring ON documents (expires_on) WHERE status = 'VALID';
CREATE INDEX documents_owner ON documents (owner_id);
COMMENT ON TABLE documents IS 'Papers of users and listings that expire.';
COMMENT ON COLUMN documents.id IS 'Identity of the document.';
COMMENT ON COLUMN documents.owner_id IS 'Whose document it is.';
COMMENT ON COLUMN documents.listing_id IS 'The listing it belongs to; null for a person''s own.';
COMMENT ON COLUMN documents.kind IS 'national_id, trade_licence, title_deed, vehicle_registration or insurance.';
COMMENT ON COLUMN documents.status IS 'VALID, EXPIRED (marked so, which may lag behind expires_on) or REVOKED.';
COMMENT ON COLUMN documents.number IS 'Personal: the number on the document.';
COMMENT ON COLUMN documents.issued_on IS 'Day of issue, Addis Ababa.';
COMMENT ON COLUMN documents.expires_on IS 'First day on which it no longer holds, Addis Ababa.';
COMMENT ON COLUMN documents.uploaded_at IS 'When it was handed in.';
COMMENT ON COLUMN documents.notified_at IS 'When the owner was last told of the expiry; null when not yet.';
COMMENT ON COLUMN documents.updated_at IS 'Last change of the row.';

CREATE TABLE outbox (
  sequence   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id         uuid NOT NULL UNIQUE,
  type       text NOT NULL,
  subject    text NOT NULL,
  data       jsonb NOT NULL,
  time       timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE outbox IS 'Events not yet taken by the control center; written with what they tell of, deleted once taken.';
COMMENT ON COLUMN outbox.sequence IS 'Order of writing.';
COMMENT ON COLUMN outbox.id IS 'The event''s id (CloudEvents id): the same each time it is sent.';
COMMENT ON COLUMN outbox.type IS 'CloudEvents type, such as payout.requested.';
COMMENT ON COLUMN outbox.subject IS 'CloudEvents subject: the id of the entity.';
COMMENT ON COLUMN outbox.data IS 'The event''s data, ids only.';
COMMENT ON COLUMN outbox.time IS 'When it happened.';

-- The control center reads everything but what is personal.
GRANT USAGE ON SCHEMA marketplace
  TO control_owner, control_api, control_worker, control_dryrun, control_reader, marketplace_app;
GRANT SELECT ON seller_facts_history, listings, transactions, inquiries, payment_attempts, payouts, disputes
  TO control_owner, control_api, control_worker, control_dryrun, control_reader;
GRANT SELECT (id, registered_at, is_buyer, is_seller, verified, verified_at, trust_score, suspended, region, updated_at)
  ON users TO control_owner, control_api, control_worker, control_dryrun, control_reader;
GRANT SELECT (id, owner_id, listing_id, kind, status, issued_on, expires_on, uploaded_at, notified_at, updated_at)
  ON documents TO control_owner, control_api, control_worker, control_dryrun, control_reader;

-- Its actions, and nothing else, write here.
GRANT UPDATE (status, decided_at, decided_by, decision_reason, disbursed_at, gateway_reference,
              failed_at, failure_reason, updated_at) ON payouts TO control_worker;
GRANT UPDATE (status, notified_at, updated_at) ON documents TO control_worker;

-- Its migrations put triggers on these tables and refer to them.
GRANT TRIGGER ON users, listings, transactions, inquiries, payment_attempts, payouts, disputes, documents
  TO control_owner;
GRANT REFERENCES ON users, payouts, transactions, listings, documents TO control_owner;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA marketplace TO marketplace_app;
REVOKE ALL ON TABLE schema_history FROM marketplace_app;
