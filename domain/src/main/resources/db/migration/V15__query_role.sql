-- The role of questions to metrics. It sees sums, sets of numbers, and views of the source that hold
-- nobody's name or id: whatever a question became, no person could be in its answer.

-- Who was active, each as a number; who has none yet as a digest of the id, which is as different for
-- different people as the id is.
CREATE VIEW control.activity_user AS
  SELECT a.at, a.category, a.region, p.side, n.number,
         CASE WHEN n.number IS NULL THEN md5(p.user_id::text) END AS unnumbered
    FROM control.activity_source a
   CROSS JOIN LATERAL (VALUES ('BUYER', a.buyer_id), ('SELLER', a.seller_id)) p (side, user_id)
    LEFT JOIN control.user_number n ON n.user_id = p.user_id;
COMMENT ON VIEW control.activity_user IS 'Who bought and who sold when, by category and region of the listing: numbers, and digests of those who have none yet; holds nobody''s id.';

GRANT USAGE ON SCHEMA control TO control_query;
DO $do$
DECLARE
  t text;
BEGIN
  FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'control'::regnamespace AND relkind IN ('r', 'v')
           AND (relname ~ '^(market|people|source)_(?!source)' OR relname IN
             ('analytics_cube', 'rollup_month_check', 'activity_day', 'activity_month', 'activity_month_built', 'activity_stale', 'activity_user')) LOOP
    EXECUTE format('GRANT SELECT ON control.%I TO control_query', t);
  END LOOP;
END $do$;
GRANT SELECT ON control.market_source, control.people_source TO control_query;
GRANT SELECT ON control.activity_user TO control_api, control_worker;
