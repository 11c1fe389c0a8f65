-- A seller's payouts, the newest first, page by page.
CREATE INDEX payouts_seller_requested ON payouts (seller_id, requested_at DESC, id DESC);
DROP INDEX payouts_seller;
