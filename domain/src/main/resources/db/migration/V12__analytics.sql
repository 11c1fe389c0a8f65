-- Analytics: rollups that are exact at every snapshot of the database.
--
-- A statement that changes the source appends signed deltas in its own transaction; one folder merges
-- them into the rollups. So rollup + deltas = source wherever one looks, and the verifier proves it.
-- docs/analytics.md and docs/decisions/0016-signed-deltas.md say why this is so also when people
-- re-categorise a listing while others pay for it.
--
-- Buckets are hours, days and months of Africa/Addis_Ababa (timestamp without zone); money is santim.

-- Business time: the one place that names the zone in SQL.
CREATE FUNCTION control.business_time(at timestamptz) RETURNS timestamp
  LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN at AT TIME ZONE 'Africa/Addis_Ababa';
COMMENT ON FUNCTION control.business_time IS 'The clock of Addis Ababa at an instant.';

-- ------------------------------------------------------------------------------------------------
-- The facts: which rows of the source count for what, when and where. Views, triggers, folder and
-- verifier are all made of these lines. A relation in braces is the table itself, or in a trigger
-- the rows that a statement changed.
CREATE TABLE control.analytics_fact (
  fact     text PRIMARY KEY,
  cube     text NOT NULL,
  source   text NOT NULL,
  at       text NOT NULL,
  only_if  text NOT NULL,
  lost     text NOT NULL,
  measures text[] NOT NULL,
  formulas text[] NOT NULL
);
COMMENT ON TABLE control.analytics_fact IS 'Which rows of the source count for which measures; read when views and triggers are made.';
COMMENT ON COLUMN control.analytics_fact.fact IS 'Its name.';
COMMENT ON COLUMN control.analytics_fact.cube IS 'market (by category and region of a listing) or people (by region and type of a user).';
COMMENT ON COLUMN control.analytics_fact.source IS 'The rows: r is what is counted, t its transaction, l its listing.';
COMMENT ON COLUMN control.analytics_fact.at IS 'The time stamp that puts a row into a period.';
COMMENT ON COLUMN control.analytics_fact.only_if IS 'Which rows count.';
COMMENT ON COLUMN control.analytics_fact.lost IS 'Whether the row''s transaction or listing is not there, deleted by the same statement.';
COMMENT ON COLUMN control.analytics_fact.measures IS 'What it adds to: columns of the cube.';
COMMENT ON COLUMN control.analytics_fact.formulas IS 'How much each row adds: counts, or santim.';

INSERT INTO control.analytics_fact VALUES
  ('transaction', 'market', '{transactions} r {join} {listings} l ON l.id = r.listing_id',
   'r.completed_at', 'r.completed_at IS NOT NULL', 'l.id IS NULL',
   '{gross_volume,transaction_count,platform_revenue,commission_earned,processor_fees}',
   ARRAY['((r.amount - r.refunded_amount) * 100)::bigint',
         '(r.refunded_amount < r.amount)::int',
         '((r.platform_fee - r.refunded_platform_fee) * 100)::bigint',
         '((r.commission_fee - r.refunded_commission_fee) * 100)::bigint',
         '(r.processor_fee * 100)::bigint']),
  ('dispute', 'market', '{disputes} r {join} {transactions} t ON t.id = r.transaction_id {join} {listings} l ON l.id = t.listing_id',
   't.completed_at', 't.completed_at IS NOT NULL', 't.id IS NULL OR l.id IS NULL',
   '{disputed_transactions}', '{1}'),
  ('payout', 'market', '{payouts} r {join} {transactions} t ON t.id = r.transaction_id {join} {listings} l ON l.id = t.listing_id',
   'r.disbursed_at', $$r.disbursed_at IS NOT NULL AND r.status = 'DISBURSED'$$, 'r.transaction_id IS NOT NULL AND l.id IS NULL',
   '{payout_volume,payout_count}', ARRAY['(r.amount * 100)::bigint', '1']),
  ('listed', 'market', '{listings} l', 'l.listed_at', 'true', 'false', '{new_listings}', '{1}'),
  ('sold', 'market', '{listings} l', 'l.sold_at', 'l.sold_at IS NOT NULL', 'false', '{sold_listings}', '{1}'),
  ('closed', 'market', '{listings} l', 'l.closed_at', 'l.closed_at IS NOT NULL', 'false', '{closed_listings}', '{1}'),
  ('inquiry', 'market', '{inquiries} r {join} {listings} l ON l.id = r.listing_id {join_t} {transactions} t ON t.id = r.transaction_id',
   'r.asked_at', 'true', 'l.id IS NULL OR (r.transaction_id IS NOT NULL AND t.id IS NULL)',
   '{inquiries,converted_inquiries}', ARRAY['1', '(t.completed_at IS NOT NULL)::int']),
  ('attempt', 'market', '{payment_attempts} r {join} {transactions} t ON t.id = r.transaction_id {join} {listings} l ON l.id = t.listing_id',
   'r.attempted_at', 'true', 'l.id IS NULL',
   '{payment_attempts,failed_payment_attempts}', ARRAY['1', $$(r.status = 'FAILED')::int$$]),
  ('registered', 'people', '{users} r', 'r.registered_at', 'true', 'false',
   '{new_users,registered_and_verified}', ARRAY['1', 'r.verified::int']),
  ('verified', 'people', '{users} r', 'r.verified_at', 'r.verified_at IS NOT NULL', 'false', '{verified_users}', '{1}');

-- ------------------------------------------------------------------------------------------------
-- The cubes: the finest cells that anybody asks for, and two coarser ones for long periods.
CREATE TABLE control.analytics_cube (
  cube       text PRIMARY KEY,
  dimensions text[] NOT NULL,
  measures   text[] NOT NULL,
  doubted_at timestamptz,
  epoch      bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE control.analytics_cube IS 'A family of rollups with the same dimensions.';
COMMENT ON COLUMN control.analytics_cube.cube IS 'Its name.';
COMMENT ON COLUMN control.analytics_cube.dimensions IS 'Its dimensions.';
COMMENT ON COLUMN control.analytics_cube.measures IS 'Its measures: counts, and money in santim.';
COMMENT ON COLUMN control.analytics_cube.doubted_at IS 'Since when no cell of it may be believed (a bulk load, a TRUNCATE); null when all may. Answers come from the source until it is rebuilt.';
COMMENT ON COLUMN control.analytics_cube.epoch IS 'Grows with each doubt: a rebuild that began before it does not end it.';
INSERT INTO control.analytics_cube (cube, dimensions, measures)
SELECT cube, CASE cube WHEN 'market' THEN '{category,region}'::text[] ELSE '{region,user_type}' END,
       array_agg(measure ORDER BY fact.place, measure_place)
FROM (SELECT *, row_number() OVER () AS place FROM control.analytics_fact) fact
CROSS JOIN LATERAL unnest(measures) WITH ORDINALITY AS m (measure, measure_place)
GROUP BY cube;

CREATE TABLE control.rollup_month_check (
  cube           text NOT NULL REFERENCES control.analytics_cube,
  month          date NOT NULL,
  verified_at    timestamptz,
  quarantined_at timestamptz,
  epoch          bigint NOT NULL DEFAULT 0,
  rebuilt_epoch  bigint,
  PRIMARY KEY (cube, month)
);
COMMENT ON TABLE control.rollup_month_check IS 'What is known of each month of a cube that has cells.';
COMMENT ON COLUMN control.rollup_month_check.cube IS 'The cube.';
COMMENT ON COLUMN control.rollup_month_check.month IS 'First day of the month, Addis Ababa.';
COMMENT ON COLUMN control.rollup_month_check.verified_at IS 'The newest snapshot at which its cells equalled the source; null when never yet.';
COMMENT ON COLUMN control.rollup_month_check.quarantined_at IS 'Since when a difference is known; answers come from the source until it is rebuilt. Null when none is.';
COMMENT ON COLUMN control.rollup_month_check.rebuilt_epoch IS 'The epoch of its cube when it was last rebuilt: a rebuild that was interrupted goes on after it. Null when it never was.';
COMMENT ON COLUMN control.rollup_month_check.epoch IS 'Grows with each quarantine and rebuild: a verification that began before does not count.';

CREATE TABLE control.rollup_mismatch (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  found_at   timestamptz NOT NULL,
  cube       text NOT NULL,
  month      date NOT NULL,
  cell       jsonb NOT NULL,
  stored     jsonb NOT NULL,
  in_source  jsonb NOT NULL
);
COMMENT ON TABLE control.rollup_mismatch IS 'Evidence: cells that differed from the source, the first of each finding.';
COMMENT ON COLUMN control.rollup_mismatch.id IS 'Order of finding.';
COMMENT ON COLUMN control.rollup_mismatch.found_at IS 'The snapshot at which they differed.';
COMMENT ON COLUMN control.rollup_mismatch.cube IS 'The cube.';
COMMENT ON COLUMN control.rollup_mismatch.month IS 'The month.';
COMMENT ON COLUMN control.rollup_mismatch.cell IS 'Grain, bucket and dimensions.';
COMMENT ON COLUMN control.rollup_mismatch.stored IS 'What the rollup and its deltas said.';
COMMENT ON COLUMN control.rollup_mismatch.in_source IS 'What the source says.';
CREATE TRIGGER rollup_mismatch_append_only BEFORE UPDATE OR DELETE ON control.rollup_mismatch
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();

-- Who is active is counted by sets of users, which do not add up: see the second half of this file.
CREATE TABLE control.activity_stale (
  day date NOT NULL
);
COMMENT ON TABLE control.activity_stale IS 'Days whose sets of active users are older than the source; such a day is answered from the source.';
COMMENT ON COLUMN control.activity_stale.day IS 'The day, Addis Ababa.';

-- ------------------------------------------------------------------------------------------------
-- A fact as SQL over the tables, with some of them replaced by changed rows.
CREATE FUNCTION control.analytics_fact_sql(of_fact text, sign int, replaced text, by_rows text)
  RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  f control.analytics_fact := (SELECT x FROM control.analytics_fact x WHERE x.fact = of_fact);
  c control.analytics_cube := (SELECT x FROM control.analytics_cube x WHERE x.cube = f.cube);
  source text := f.source;
  columns text;
  is_dependent boolean := replaced IS NOT NULL AND f.source NOT LIKE '{' || replaced || '}%';
BEGIN
  -- Of dependent rows those are wanted that belong to a changed row, and no others.
  source := replace(source, '{join}', CASE WHEN is_dependent THEN 'JOIN' ELSE 'LEFT JOIN' END);
  source := replace(source, '{join_t}', CASE WHEN is_dependent AND replaced = 'transactions' THEN 'JOIN' ELSE 'LEFT JOIN' END);
  IF replaced IS NOT NULL THEN
    source := replace(source, '{' || replaced || '}', by_rows);
  END IF;
  source := regexp_replace(source, '\{(\w+)\}', 'marketplace.\1', 'g');
  SELECT string_agg(
           CASE WHEN place IS NULL THEN format('NULL::bigint AS %I', measure)
                ELSE format('%s(%s)::bigint AS %I', CASE WHEN sign < 0 THEN '-' ELSE '' END, f.formulas[place], measure) END,
           ', ' ORDER BY ordinality)
    INTO columns
    FROM unnest(c.measures) WITH ORDINALITY AS m (measure, ordinality),
         LATERAL (SELECT array_position(f.measures, measure)) AS p (place);
  RETURN format('SELECT %s AS at, %s, %s, (%s) AS lost FROM %s WHERE %s',
    f.at,
    CASE f.cube
      WHEN 'market' THEN $d$coalesce(l.category, 'unknown') AS category, coalesce(l.region, 'unknown') AS region$d$
      ELSE $d$coalesce(r.region, 'unknown') AS region, CASE WHEN r.is_buyer AND r.is_seller THEN 'both' WHEN r.is_buyer THEN 'buyer' ELSE 'seller' END AS user_type$d$
    END,
    columns, f.lost, source, f.only_if);
END $$;

-- Appends the deltas of some facts for the rows that a statement changed.
CREATE FUNCTION control.analytics_delta_sql(of_cube text, facts text[], replaced text, operation text, activity text)
  RETURNS text LANGUAGE sql STABLE AS $$
  WITH cube AS (SELECT * FROM control.analytics_cube WHERE cube = of_cube),
  measure AS (
    SELECT m, ordinality FROM cube, unnest(measures) WITH ORDINALITY AS u (m, ordinality)
    WHERE EXISTS (SELECT FROM control.analytics_fact f WHERE f.fact = ANY (facts) AND m = ANY (f.measures)))
  SELECT format(
    'INSERT INTO control.%1$I (bucket, %2$s, %3$s, activity, doubt) '
    'SELECT date_trunc(''hour'', control.business_time(at)), %2$s, %4$s, %5$s, nullif(bool_or(lost), false) '
    'FROM (%6$s) change GROUP BY 1, 2, 3 HAVING bool_or(lost) OR %5$s OR %7$s;',
    of_cube || '_delta',
    (SELECT string_agg(d, ', ') FROM cube, unnest(dimensions) d),
    (SELECT string_agg(quote_ident(m), ', ' ORDER BY ordinality) FROM measure),
    (SELECT string_agg(format('sum(%I)', m), ', ' ORDER BY ordinality) FROM measure),
    activity,
    (SELECT string_agg(control.analytics_fact_sql(f, s.sign, replaced, s.rows), ' UNION ALL ')
     FROM unnest(facts) f,
          (VALUES (-1, 'old_rows', '{UPDATE,DELETE}'::text[]), (1, 'new_rows', '{INSERT,UPDATE}')) s (sign, rows, operations)
     WHERE operation = ANY (s.operations)),
    (SELECT string_agg(format('sum(%I) <> 0', m), ' OR ' ORDER BY ordinality) FROM measure));
$$;

DO $do$
DECLARE
  c control.analytics_cube;
  f control.analytics_fact;
  grain text;
  columns text;
BEGIN
  FOR c IN SELECT * FROM control.analytics_cube LOOP
    SELECT string_agg(format('%I text NOT NULL', d), ', ' ORDER BY ordinality) INTO columns
      FROM unnest(c.dimensions) WITH ORDINALITY AS u (d, ordinality);
    FOREACH grain IN ARRAY '{hour,day,month}'::text[] LOOP
      EXECUTE format('CREATE TABLE control.%I (bucket timestamp NOT NULL, %s, %s, PRIMARY KEY (bucket, %s)) WITH (fillfactor = 80)',
        c.cube || '_' || grain, columns,
        (SELECT string_agg(format('%I bigint NOT NULL DEFAULT 0', m), ', ' ORDER BY ordinality)
         FROM unnest(c.measures) WITH ORDINALITY AS u (m, ordinality)),
        array_to_string(c.dimensions, ', '));
      EXECUTE format('COMMENT ON TABLE control.%I IS %L', c.cube || '_' || grain,
        format('Rollup of the cube %s: one row for each %s of Addis Ababa and each of %s.', c.cube, grain, array_to_string(c.dimensions, ' x ')));
    END LOOP;
    -- No index: it holds what the last second brought. Vacuumed often, for rows live that long.
    EXECUTE format('CREATE TABLE control.%I (bucket timestamp NOT NULL, %s, %s, activity boolean, doubt boolean) '
      'WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_threshold = -1, '
      'autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000000)',
      c.cube || '_delta', replace(columns, ' NOT NULL', ''),
      (SELECT string_agg(format('%I bigint', m), ', ' ORDER BY ordinality)
       FROM unnest(c.measures) WITH ORDINALITY AS u (m, ordinality)));
    EXECUTE format('COMMENT ON TABLE control.%I IS %L', c.cube || '_delta',
      format('Signed changes of the cube %s that are not folded into its rollups yet. activity: who was active then may have changed. doubt: the change could not be counted, and nothing may be believed.', c.cube));
    FOR f IN SELECT * FROM control.analytics_fact WHERE cube = c.cube LOOP
      EXECUTE format('CREATE VIEW control.%I AS SELECT at, %s, %s FROM (%s) r', 'source_' || f.fact,
        array_to_string(c.dimensions, ', '),
        (SELECT string_agg(quote_ident(m), ', ') FROM unnest(f.measures) m),
        control.analytics_fact_sql(f.fact, 1, NULL, NULL));
      EXECUTE format('COMMENT ON VIEW control.%I IS %L', 'source_' || f.fact,
        format('The rows of the source that count for %s, by instant and dimensions; holds nobody''s name or id.', array_to_string(f.measures, ', ')));
    END LOOP;
    EXECUTE format('CREATE VIEW control.%I AS %s', c.cube || '_source',
      (SELECT string_agg(control.analytics_fact_sql(x.fact, 1, NULL, NULL), ' UNION ALL ')
       FROM control.analytics_fact x WHERE x.cube = c.cube));
    EXECUTE format('COMMENT ON VIEW control.%I IS %L', c.cube || '_source',
      format('What each row of the source adds to the cube %s: what its rollups must equal.', c.cube));
  END LOOP;
END $do$;

-- ------------------------------------------------------------------------------------------------
-- The triggers. Whoever changes what others are counted by (a listing's category and region, a
-- transaction's listing and completion) locks that row FOR UPDATE first; whoever is counted by it
-- holds at least the KEY SHARE lock, which inserts have by their foreign key and the others take.
-- So one of two always sees the other. Under REPEATABLE READ a trigger would not see it, therefore
-- those lock FOR SHARE, which fails where the row has changed, and moves of dependent rows are doubted.

CREATE FUNCTION control.analytics_lock_listings(ids uuid[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  IF current_setting('transaction_isolation') = 'read committed' THEN
    PERFORM FROM marketplace.listings WHERE id = ANY (ids) ORDER BY id FOR KEY SHARE;
  ELSE
    PERFORM FROM marketplace.listings WHERE id = ANY (ids) ORDER BY id FOR SHARE;
  END IF;
END $$;

CREATE FUNCTION control.analytics_lock_transactions(ids uuid[]) RETURNS uuid[]
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  IF current_setting('transaction_isolation') = 'read committed' THEN
    RETURN (SELECT array_agg(listing_id) FROM
      (SELECT listing_id FROM marketplace.transactions WHERE id = ANY (ids) ORDER BY id FOR KEY SHARE) t);
  END IF;
  RETURN (SELECT array_agg(listing_id) FROM
    (SELECT listing_id FROM marketplace.transactions WHERE id = ANY (ids) ORDER BY id FOR SHARE) t);
END $$;

CREATE FUNCTION control.analytics_move_listing() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  PERFORM FROM marketplace.listings WHERE id = old.id FOR UPDATE;
  RETURN new;
END $$;
CREATE TRIGGER analytics_move BEFORE UPDATE OF category, region ON marketplace.listings
  FOR EACH ROW WHEN ((old.category, old.region) IS DISTINCT FROM (new.category, new.region))
  EXECUTE FUNCTION control.analytics_move_listing();

CREATE FUNCTION control.analytics_move_transaction() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  PERFORM FROM marketplace.transactions WHERE id = old.id FOR UPDATE;
  RETURN new;
END $$;
CREATE TRIGGER analytics_move BEFORE UPDATE OF listing_id, completed_at ON marketplace.transactions
  FOR EACH ROW WHEN ((old.listing_id, old.completed_at) IS DISTINCT FROM (new.listing_id, new.completed_at))
  EXECUTE FUNCTION control.analytics_move_transaction();

-- Nothing of a cube may be believed from here on: a delta that says so, for it needs no lock.
CREATE FUNCTION control.analytics_doubt() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  IF tg_table_name = 'users' THEN
    INSERT INTO control.people_delta (bucket, doubt) VALUES ('-infinity', true);
  ELSE
    INSERT INTO control.market_delta (bucket, activity, doubt) VALUES ('-infinity', true, true);
  END IF;
  RETURN NULL;
END $$;

-- One trigger function for each table, with the statements of its facts written out: PostgreSQL
-- plans them once for each session.
DO $do$
DECLARE
  t record;
  body text;
  isolation_doubt text := $d$IF current_setting('transaction_isolation') <> 'read committed' THEN
      INSERT INTO control.market_delta (bucket, activity, doubt) VALUES ('-infinity', true, true);
    END IF;$d$;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('transactions', 'market', '{transaction}'::text[], 'true',
     -- What an insert needs to hold, it holds by its foreign key.
     $l$IF current_setting('transaction_isolation') <> 'read committed' THEN
      PERFORM control.analytics_lock_listings((SELECT array_agg(listing_id) FROM {new} WHERE completed_at IS NOT NULL));
    END IF;$l$,
     'PERFORM control.analytics_lock_listings((SELECT array_agg(listing_id) FROM ({both}) b WHERE completed_at IS NOT NULL));',
     'completed_at IS NOT NULL'),
    ('disputes', 'market', '{dispute}', 'NULL::boolean',
     'PERFORM control.analytics_lock_listings(control.analytics_lock_transactions((SELECT array_agg(transaction_id) FROM {new})));',
     'PERFORM control.analytics_lock_listings(control.analytics_lock_transactions((SELECT array_agg(transaction_id) FROM ({both}) b)));',
     'true'),
    ('payouts', 'market', '{payout}', 'NULL::boolean',
     'PERFORM control.analytics_lock_listings(control.analytics_lock_transactions((SELECT array_agg(transaction_id) FROM {new} WHERE disbursed_at IS NOT NULL)));',
     'PERFORM control.analytics_lock_listings(control.analytics_lock_transactions((SELECT array_agg(transaction_id) FROM ({both}) b WHERE disbursed_at IS NOT NULL)));',
     'disbursed_at IS NOT NULL'),
    ('inquiries', 'market', '{inquiry}', 'NULL::boolean',
     $l$IF current_setting('transaction_isolation') <> 'read committed' THEN
      PERFORM control.analytics_lock_transactions((SELECT array_agg(transaction_id) FROM {new}));
      PERFORM control.analytics_lock_listings((SELECT array_agg(listing_id) FROM {new}));
    END IF;$l$,
     $l$PERFORM control.analytics_lock_transactions((SELECT array_agg(transaction_id) FROM ({both}) b));
    PERFORM control.analytics_lock_listings((SELECT array_agg(listing_id) FROM ({both}) b));$l$,
     'true'),
    ('payment_attempts', 'market', '{attempt}', 'NULL::boolean',
     'PERFORM control.analytics_lock_listings(control.analytics_lock_transactions((SELECT array_agg(transaction_id) FROM {new})));',
     'PERFORM control.analytics_lock_listings(control.analytics_lock_transactions((SELECT array_agg(transaction_id) FROM ({both}) b)));',
     'true'),
    ('listings', 'market', '{listed,sold,closed}', 'NULL::boolean', '', '', 'true'),
    ('users', 'people', '{registered,verified}', 'NULL::boolean', '', '', 'true')
  ) v (name, cube, facts, activity, lock_inserted, lock_changed, counts) LOOP
    body := format($f$
DECLARE
  moved boolean := true;
BEGIN
  IF current_setting('marketplace.bulk_load', true) = 'on' THEN
    INSERT INTO control.%9$I (bucket, activity, doubt) VALUES ('-infinity', true, true);
    RETURN NULL;
  END IF;
  IF tg_op = 'INSERT' THEN
    IF NOT EXISTS (SELECT FROM new_rows WHERE %1$s) THEN RETURN NULL; END IF;
    %2$s
    %3$s
  ELSIF tg_op = 'DELETE' THEN
    IF NOT EXISTS (SELECT FROM old_rows WHERE %1$s) THEN RETURN NULL; END IF;
    %4$s
    %5$s
  ELSE
    %6$s
    %7$s
    %8$s
  END IF;
  RETURN NULL;
END$f$,
      t.counts,
      replace(t.lock_inserted, '{new}', 'new_rows'),
      control.analytics_delta_sql(t.cube, t.facts, t.name, 'INSERT', t.activity),
      replace(t.lock_changed, '{both}', 'TABLE old_rows'),
      control.analytics_delta_sql(t.cube, t.facts, t.name, 'DELETE', t.activity),
      replace(t.lock_changed, '{both}', 'TABLE old_rows UNION ALL TABLE new_rows'),
      CASE t.name WHEN 'transactions' THEN
        'moved := EXISTS (SELECT FROM old_rows o LEFT JOIN new_rows n USING (id)
      WHERE (o.listing_id, o.completed_at, o.buyer_id, o.seller_id) IS DISTINCT FROM (n.listing_id, n.completed_at, n.buyer_id, n.seller_id));'
      ELSE '' END
      || control.analytics_delta_sql(t.cube, t.facts, t.name, 'UPDATE', CASE WHEN t.name = 'transactions' THEN 'moved' ELSE t.activity END),
      CASE t.name
        WHEN 'transactions' THEN
          'IF EXISTS (SELECT FROM old_rows o LEFT JOIN new_rows n USING (id) WHERE (o.listing_id, o.completed_at) IS DISTINCT FROM (n.listing_id, n.completed_at)) THEN '
          || isolation_doubt
          || control.analytics_delta_sql('market', '{dispute,inquiry}', 'transactions', 'UPDATE', 'NULL::boolean')
          || ' END IF; IF EXISTS (SELECT FROM old_rows o LEFT JOIN new_rows n USING (id) WHERE o.listing_id <> n.listing_id) THEN '
          || control.analytics_delta_sql('market', '{payout,attempt}', 'transactions', 'UPDATE', 'NULL::boolean')
          || ' END IF;'
        WHEN 'listings' THEN
          'IF EXISTS (SELECT FROM old_rows o LEFT JOIN new_rows n USING (id) WHERE (o.category, o.region) IS DISTINCT FROM (n.category, n.region)) THEN '
          || isolation_doubt
          || control.analytics_delta_sql('market', '{transaction}', 'listings', 'UPDATE', 'true')
          || control.analytics_delta_sql('market', '{dispute,payout,inquiry,attempt}', 'listings', 'UPDATE', 'NULL::boolean')
          || ' END IF;'
        ELSE '' END,
      t.cube || '_delta');
    IF t.name <> 'transactions' THEN
      body := replace(body, 'DECLARE
  moved boolean := true;', '');
    END IF;
    EXECUTE format('CREATE FUNCTION control.%I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS %L',
      'analytics_' || t.name, body);
    EXECUTE format('CREATE TRIGGER analytics_inserted AFTER INSERT ON marketplace.%I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION control.%I()', t.name, 'analytics_' || t.name);
    EXECUTE format('CREATE TRIGGER analytics_updated AFTER UPDATE ON marketplace.%I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION control.%I()', t.name, 'analytics_' || t.name);
    EXECUTE format('CREATE TRIGGER analytics_deleted AFTER DELETE ON marketplace.%I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION control.%I()', t.name, 'analytics_' || t.name);
    EXECUTE format('CREATE TRIGGER analytics_truncated AFTER TRUNCATE ON marketplace.%I FOR EACH STATEMENT EXECUTE FUNCTION control.analytics_doubt()', t.name);
  END LOOP;
END $do$;

-- ------------------------------------------------------------------------------------------------
-- Folding: whoever holds the lock merges; any number of workers may try. Only holders of the lock
-- write rollups, so a rebuild takes it too.
CREATE FUNCTION control.analytics_lock(wait boolean) RETURNS boolean
  LANGUAGE plpgsql AS $$
BEGIN
  IF wait THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('control.analytics', 0));
    RETURN true;
  END IF;
  RETURN pg_try_advisory_xact_lock(hashtextextended('control.analytics', 0));
END $$;
COMMENT ON FUNCTION control.analytics_lock IS 'The right to write rollups until the transaction ends; false when somebody has it and wait is false.';

DO $do$
DECLARE
  c control.analytics_cube;
  dims text;
  sums text;
  measures text;
  added text;
  equal text;
BEGIN
  FOR c IN SELECT * FROM control.analytics_cube LOOP
    dims := array_to_string(c.dimensions, ', ');
    SELECT string_agg(format('coalesce(sum(%1$I), 0)::bigint AS %1$I', m), ', ' ORDER BY o),
           string_agg(quote_ident(m), ', ' ORDER BY o)
      INTO sums, measures FROM unnest(c.measures) WITH ORDINALITY AS u (m, o);

    -- Merges at most so many deltas; the number merged, or null when somebody else is at it.
    EXECUTE format($f$
CREATE FUNCTION control.%1$I(most int) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp SET client_min_messages = warning AS $body$
DECLARE
  merged int;
  doubts int;
BEGIN
  IF NOT control.analytics_lock(false) THEN
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM control.%2$I) THEN
    RETURN 0;
  END IF;
  WITH taken AS MATERIALIZED (
    DELETE FROM control.%2$I WHERE ctid = ANY (ARRAY(SELECT ctid FROM control.%2$I LIMIT most)) RETURNING *),
  months AS (
    INSERT INTO control.rollup_month_check (cube, month)
    SELECT DISTINCT %3$L, date_trunc('month', bucket)::date FROM taken WHERE isfinite(bucket)
    ON CONFLICT DO NOTHING),
  stale AS (
    INSERT INTO control.activity_stale (day)
    SELECT DISTINCT bucket::date FROM taken WHERE activity AND isfinite(bucket)),
  %4$s
  SELECT count(*), count(*) FILTER (WHERE doubt) INTO merged, doubts FROM taken;
  IF doubts > 0 THEN
    UPDATE control.analytics_cube SET doubted_at = coalesce(doubted_at, clock_timestamp()), epoch = epoch + 1 WHERE cube = %3$L;
  END IF;
  RETURN merged;
END $body$
$f$, 'fold_' || c.cube, c.cube || '_delta', c.cube,
      (SELECT string_agg(format(
        '%9$I AS (INSERT INTO control.%1$I (bucket, %2$s, %3$s)
    SELECT date_trunc(%4$L, bucket), %2$s, %5$s FROM taken WHERE isfinite(bucket) GROUP BY 1, %2$s
    ON CONFLICT (bucket, %2$s) DO UPDATE SET %8$s)',
        c.cube || '_' || grain, dims, measures, grain, sums, '', '',
        (SELECT string_agg(format('%1$I = %2$I.%1$I + excluded.%1$I', m, c.cube || '_' || grain), ', ') FROM unnest(c.measures) m),
        'merged_' || grain),
        E',\n  ') FROM unnest('{hour,day,month}'::text[]) grain));

    -- What differs in a month between what is stored (rollup and deltas) and the source, at one snapshot.
    EXECUTE format($f$
CREATE FUNCTION control.%1$I(from_month date, until_month date) RETURNS TABLE (cell jsonb, stored jsonb, in_source jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = control, pg_temp SET jit = off SET work_mem = '64MB' BEGIN ATOMIC
  WITH source AS (
    SELECT date_trunc('hour', control.business_time(at)) AS bucket, %2$s, %3$s FROM control.%4$I
    WHERE at >= from_month::timestamp AT TIME ZONE 'Africa/Addis_Ababa'
      AND at < until_month::timestamp AT TIME ZONE 'Africa/Addis_Ababa'
    GROUP BY 1, %2$s),
  delta AS (
    SELECT bucket, %2$s, %3$s FROM control.%5$I
    WHERE bucket >= from_month AND bucket < until_month GROUP BY bucket, %2$s),
  expected AS MATERIALIZED (
    SELECT bucket, %2$s, %3$s FROM (SELECT * FROM source UNION ALL SELECT bucket, %2$s, %6$s FROM delta) x GROUP BY bucket, %2$s),
  wanted AS (
    SELECT 'hour' AS grain, * FROM expected
    UNION ALL SELECT 'day', date_trunc('day', bucket), %2$s, %3$s FROM expected GROUP BY 2, %2$s
    UNION ALL SELECT 'month', date_trunc('month', bucket), %2$s, %3$s FROM expected GROUP BY 2, %2$s),
  found AS (
    SELECT 'hour' AS grain, h.* FROM control.%7$I h WHERE bucket >= from_month AND bucket < until_month
    UNION ALL SELECT 'day', d.* FROM control.%8$I d WHERE bucket >= from_month AND bucket < until_month
    UNION ALL SELECT 'month', m.* FROM control.%9$I m WHERE bucket >= from_month AND bucket < until_month),
  compared AS (
    SELECT grain, bucket, %2$s, %10$s FROM wanted FULL JOIN found USING (grain, bucket, %2$s)
    WHERE (%11$s) IS DISTINCT FROM (%12$s))
  SELECT jsonb_build_object('grain', grain, 'bucket', bucket, %13$s),
         jsonb_strip_nulls(jsonb_build_object(%14$s)), jsonb_strip_nulls(jsonb_build_object(%15$s))
  FROM compared ORDER BY grain DESC, bucket, %2$s;
END
$f$, 'differences_' || c.cube, dims, sums, c.cube || '_source', c.cube || '_delta',
      (SELECT string_agg('-' || quote_ident(m), ', ' ORDER BY o) FROM unnest(c.measures) WITH ORDINALITY AS u (m, o)),
      c.cube || '_hour', c.cube || '_day', c.cube || '_month',
      (SELECT string_agg(format('found.%1$I AS %2$I, wanted.%1$I AS %3$I', m, 'stored_' || m, 'source_' || m), ', ') FROM unnest(c.measures) m),
      (SELECT string_agg(format('coalesce(found.%I, 0)', m), ', ') FROM unnest(c.measures) m),
      (SELECT string_agg(format('coalesce(wanted.%I, 0)', m), ', ') FROM unnest(c.measures) m),
      (SELECT string_agg(format('%L, %I', d, d), ', ') FROM unnest(c.dimensions) d),
      -- Only what differs, for evidence that one can read; a function takes 100 arguments at most.
      (SELECT string_agg(format('%1$L, CASE WHEN %2$I IS DISTINCT FROM %3$I THEN coalesce(%2$I, 0) END', m, 'stored_' || m, 'source_' || m), ', ') FROM unnest(c.measures) m),
      (SELECT string_agg(format('%1$L, CASE WHEN %2$I IS DISTINCT FROM %3$I THEN coalesce(%3$I, 0) END', m, 'stored_' || m, 'source_' || m), ', ') FROM unnest(c.measures) m));

    -- Makes the cells of a month anew: what the source says less what the deltas will still bring.
    EXECUTE format($f$
CREATE FUNCTION control.%1$I(from_month date, until_month date) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp SET jit = off SET work_mem = '64MB' SET client_min_messages = warning AS $body$
DECLARE
  cells int;
  cube_epoch bigint;
BEGIN
  PERFORM control.analytics_lock(true);
  SELECT epoch INTO cube_epoch FROM control.analytics_cube WHERE cube = %11$L;
  DELETE FROM control.%2$I WHERE bucket >= from_month AND bucket < until_month;
  DELETE FROM control.%9$I WHERE bucket >= from_month AND bucket < until_month;
  DELETE FROM control.%10$I WHERE bucket >= from_month AND bucket < until_month;
  INSERT INTO control.%2$I
    SELECT bucket, %4$s, %5$s FROM (
      SELECT date_trunc('hour', control.business_time(at)) AS bucket, %4$s, %5$s FROM control.%6$I
      WHERE at >= from_month::timestamp AT TIME ZONE 'Africa/Addis_Ababa'
        AND at < until_month::timestamp AT TIME ZONE 'Africa/Addis_Ababa'
      GROUP BY 1, %4$s
      UNION ALL
      SELECT bucket, %4$s, %7$s FROM control.%8$I
      WHERE bucket >= from_month AND bucket < until_month) x
    GROUP BY bucket, %4$s;
  GET DIAGNOSTICS cells = ROW_COUNT;
  INSERT INTO control.%9$I SELECT date_trunc('day', bucket), %4$s, %5$s FROM control.%2$I
    WHERE bucket >= from_month AND bucket < until_month GROUP BY 1, %4$s;
  INSERT INTO control.%10$I SELECT date_trunc('month', bucket), %4$s, %5$s FROM control.%9$I
    WHERE bucket >= from_month AND bucket < until_month GROUP BY 1, %4$s;
  UPDATE control.rollup_month_check SET quarantined_at = NULL, verified_at = NULL, epoch = epoch + 1, rebuilt_epoch = cube_epoch
    WHERE cube = %11$L AND month >= from_month AND month < until_month;
  INSERT INTO control.rollup_month_check (cube, month, epoch, rebuilt_epoch)
    SELECT %11$L, bucket::date, 1, cube_epoch FROM control.%10$I WHERE bucket >= from_month AND bucket < until_month
    GROUP BY bucket
    ON CONFLICT DO NOTHING;
  RETURN cells;
END $body$
$f$, 'rebuild_' || c.cube, c.cube || '_hour', '', dims, sums, c.cube || '_source',
      (SELECT string_agg(format('-coalesce(%I, 0)', m), ', ' ORDER BY o) FROM unnest(c.measures) WITH ORDINALITY AS u (m, o)),
      c.cube || '_delta', c.cube || '_day', c.cube || '_month', c.cube);
  END LOOP;
END $do$;

-- ------------------------------------------------------------------------------------------------
-- Who was active: sets of users do not add up, so they are kept as compressed sets of numbers
-- (Roaring bitmaps) by day and by month. A day that changed is answered from the source until its
-- sets are made anew.
CREATE TABLE control.user_number (
  user_id uuid PRIMARY KEY,
  number  int GENERATED ALWAYS AS IDENTITY
);
COMMENT ON TABLE control.user_number IS 'A small number for each user who ever transacted, so that sets of users are small.';
COMMENT ON COLUMN control.user_number.user_id IS 'The user.';
COMMENT ON COLUMN control.user_number.number IS 'The number.';

DO $do$
DECLARE
  grain text;
BEGIN
  FOREACH grain IN ARRAY '{day,month}'::text[] LOOP
    EXECUTE format('CREATE TABLE control.%I (bucket date NOT NULL, category text NOT NULL, region text NOT NULL, '
      'buyers bytea STORAGE EXTERNAL NOT NULL, sellers bytea STORAGE EXTERNAL NOT NULL, '
      'PRIMARY KEY (bucket, category, region)) WITH (toast_tuple_target = 8160)', 'activity_' || grain);
    EXECUTE format('COMMENT ON TABLE control.%I IS %L', 'activity_' || grain,
      format('The users who bought and sold in each %s of Addis Ababa, by category and region of the listing: Roaring bitmaps of user numbers.', grain));
  END LOOP;
END $do$;
CREATE TABLE control.activity_month_built (
  month date PRIMARY KEY
);
COMMENT ON TABLE control.activity_month_built IS 'Months whose sets are the union of their days'' sets.';
COMMENT ON COLUMN control.activity_month_built.month IS 'First day of the month, Addis Ababa.';
CREATE INDEX activity_stale_day ON control.activity_stale (day);

-- The sets of these months are not to be believed: their days are answered from the source until
-- they are made anew. It ends their quarantine.
CREATE FUNCTION control.rebuild_activity(from_month date, until_month date) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
DECLARE
  days int;
BEGIN
  PERFORM control.analytics_lock(true);
  INSERT INTO control.activity_stale (day)
    SELECT bucket::date FROM control.market_day WHERE bucket >= from_month AND bucket < until_month
    UNION SELECT bucket FROM control.activity_day WHERE bucket >= from_month AND bucket < until_month;
  GET DIAGNOSTICS days = ROW_COUNT;
  UPDATE control.rollup_month_check SET quarantined_at = NULL, verified_at = NULL, epoch = epoch + 1
    WHERE cube = 'activity' AND month >= from_month AND month < until_month;
  RETURN days;
END $$;

CREATE VIEW control.activity_source AS
  SELECT r.completed_at AS at, coalesce(l.category, 'unknown') AS category, coalesce(l.region, 'unknown') AS region,
         r.buyer_id, r.seller_id
  FROM marketplace.transactions r LEFT JOIN marketplace.listings l ON l.id = r.listing_id
  WHERE r.completed_at IS NOT NULL;
COMMENT ON VIEW control.activity_source IS 'Who transacted when, by category and region of the listing.';

INSERT INTO control.analytics_cube (cube, dimensions, measures) VALUES ('activity', '{category,region,user_type}', '{active_users}');

-- ------------------------------------------------------------------------------------------------
-- What was recorded: the state of each day, and the values of closed periods.
CREATE TABLE control.analytics_snapshot (
  id         uuid PRIMARY KEY,
  day        date        NOT NULL,
  revision   int         NOT NULL CHECK (revision > 0),
  taken_at   timestamptz NOT NULL,
  taken_by   text        NOT NULL,
  metrics    jsonb       NOT NULL,
  breakdowns jsonb       NOT NULL,
  provenance jsonb       NOT NULL,
  UNIQUE (day, revision)
);
COMMENT ON TABLE control.analytics_snapshot IS 'The state of the platform on a day. What is corrected later makes a new revision; the newest is the day''s snapshot.';
COMMENT ON COLUMN control.analytics_snapshot.id IS 'Identity of the revision.';
COMMENT ON COLUMN control.analytics_snapshot.day IS 'The day, Addis Ababa.';
COMMENT ON COLUMN control.analytics_snapshot.revision IS 'From 1 on.';
COMMENT ON COLUMN control.analytics_snapshot.taken_at IS 'The snapshot of the database that it was read at.';
COMMENT ON COLUMN control.analytics_snapshot.taken_by IS 'The person, or schedule.';
COMMENT ON COLUMN control.analytics_snapshot.metrics IS 'Every metric of the day.';
COMMENT ON COLUMN control.analytics_snapshot.breakdowns IS 'Every metric by each of its dimensions.';
COMMENT ON COLUMN control.analytics_snapshot.provenance IS 'Where the values came from.';
CREATE TRIGGER analytics_snapshot_append_only BEFORE UPDATE OR DELETE ON control.analytics_snapshot
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();

CREATE TABLE control.platform_metric (
  metric       text        NOT NULL,
  metric_type  text        NOT NULL,
  period       text        NOT NULL CHECK (period IN ('HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY')),
  period_start timestamp   NOT NULL,
  dimensions   jsonb       NOT NULL,
  revision     int         NOT NULL CHECK (revision > 0),
  value        numeric,
  computed_at  timestamptz NOT NULL,
  PRIMARY KEY (period, period_start, metric, dimensions, revision)
);
COMMENT ON TABLE control.platform_metric IS 'The record of closed periods: a metric''s value for a period, whole and by each dimension. A correction makes the next revision.';
COMMENT ON COLUMN control.platform_metric.metric IS 'The metric''s name in the catalog.';
COMMENT ON COLUMN control.platform_metric.metric_type IS 'MetricType of the specification.';
COMMENT ON COLUMN control.platform_metric.period IS 'MetricPeriod of the specification.';
COMMENT ON COLUMN control.platform_metric.period_start IS 'Begin of the period, clock of Addis Ababa.';
COMMENT ON COLUMN control.platform_metric.dimensions IS 'The part that the value is of; {} for the whole.';
COMMENT ON COLUMN control.platform_metric.revision IS 'From 1 on; the newest is the value.';
COMMENT ON COLUMN control.platform_metric.value IS 'ETB, a count, or a fraction; null for a rate over nothing.';
COMMENT ON COLUMN control.platform_metric.computed_at IS 'The snapshot of the database that it was read at.';
CREATE TRIGGER platform_metric_append_only BEFORE UPDATE OR DELETE ON control.platform_metric
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();

-- ------------------------------------------------------------------------------------------------
-- Data that was there before the triggers is not in any cell.
INSERT INTO control.market_delta (bucket, activity, doubt)
  SELECT '-infinity', true, true WHERE EXISTS (SELECT FROM marketplace.listings);
INSERT INTO control.people_delta (bucket, doubt)
  SELECT '-infinity', true WHERE EXISTS (SELECT FROM marketplace.users);

-- The rebuild of a doubted cube has come to its end, if nothing new was doubted since it began.
CREATE FUNCTION control.analytics_trust(of_cube text, since_epoch bigint) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  PERFORM control.analytics_lock(true);
  UPDATE control.analytics_cube SET doubted_at = NULL WHERE cube = of_cube AND epoch = since_epoch;
  RETURN FOUND;
END $$;

DROP FUNCTION control.analytics_delta_sql, control.analytics_fact_sql;
DO $do$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'control'::regnamespace AND proname ~ '^(analytics|fold|rebuild|differences)_' LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $do$;
GRANT EXECUTE ON FUNCTION control.fold_market, control.fold_people, control.rebuild_market, control.rebuild_people, control.rebuild_activity,
  control.differences_market, control.differences_people, control.analytics_trust, control.analytics_lock
  TO control_worker;
DO $do$
DECLARE
  t text;
BEGIN
  -- Sums and sets are for everybody who answers; the ids of users only for those who count them.
  FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'control'::regnamespace AND relkind IN ('r', 'v')
           AND (relname ~ '^(market|people|source|activity|analytics|rollup)_' OR relname IN ('platform_metric', 'user_number')) LOOP
    EXECUTE format('GRANT SELECT ON control.%I TO control_api, control_worker', t);
  END LOOP;
END $do$;
GRANT INSERT, UPDATE ON control.rollup_month_check TO control_worker;
GRANT INSERT ON control.rollup_mismatch, control.platform_metric, control.user_number TO control_worker;
GRANT INSERT ON control.analytics_snapshot TO control_worker, control_api;
GRANT INSERT, DELETE ON control.activity_stale, control.activity_day, control.activity_month, control.activity_month_built TO control_worker;
