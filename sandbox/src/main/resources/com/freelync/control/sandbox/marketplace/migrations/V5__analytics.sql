-- What belongs to a transaction, found without reading the whole table.
CREATE INDEX inquiries_listing ON inquiries (listing_id);
CREATE INDEX inquiries_transaction ON inquiries (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX payment_attempts_transaction ON payment_attempts (transaction_id);
CREATE INDEX payouts_transaction ON payouts (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX listings_closed_at ON listings (closed_at) WHERE closed_at IS NOT NULL;

-- Triggers of the control center lock the rows whose category and region they count by; PostgreSQL
-- asks for the right to update some column of a row that is to be locked.
GRANT UPDATE (updated_at) ON listings, transactions TO control_owner;
