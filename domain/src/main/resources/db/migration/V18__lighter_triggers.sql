-- The triggers on the source, made anew: exactness as before (docs/decisions/0016-signed-deltas.md),
-- at a fraction of what it cost whoever writes.
--
-- Whoever is counted by a transaction, such as an attempt to pay it, used to lock its listing as well.
-- Now whoever re-categorises a listing locks all of its transactions too. So each lock that an insert
-- needs is one that its foreign keys take anyway, and the rare one pays for all.

CREATE OR REPLACE FUNCTION control.analytics_move_listing() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  PERFORM control.analytics_note('moving', 'listings');
  -- First the listing: then no transaction and no inquiry can be added to it. An inquiry about it may
  -- have led to a transaction of another listing, whose completion counts here.
  PERFORM FROM marketplace.listings WHERE id = old.id FOR UPDATE;
  PERFORM FROM marketplace.transactions
    WHERE listing_id = old.id
       OR id IN (SELECT transaction_id FROM marketplace.inquiries WHERE listing_id = old.id AND transaction_id IS NOT NULL)
    ORDER BY id FOR UPDATE;
  RETURN new;
END $$;
CREATE OR REPLACE FUNCTION control.analytics_move_transaction() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  PERFORM control.analytics_note('moving', 'transactions');
  PERFORM FROM marketplace.transactions WHERE id = old.id FOR UPDATE;
  RETURN new;
END $$;

-- One statement that moves a row and changes what is counted by it (several tables in one WITH, or
-- another trigger that writes while the first statement is at it) cannot be counted: each trigger sees
-- the end of both. That is noticed, and doubted. Who is at what stands in two settings of the
-- transaction, from before its first row until the statement's own trigger at its end.
CREATE FUNCTION control.analytics_note(what text, of_table text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = control, pg_temp AS $$
  SELECT set_config('control.' || what, noted || ' ' || of_table, true)
    FROM (SELECT coalesce(current_setting('control.' || what, true), '') AS noted) n
   WHERE position(' ' || of_table IN noted) = 0;
$$;

CREATE FUNCTION control.analytics_changing() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  PERFORM control.analytics_note('changing', tg_table_name);
  RETURN NULL;
END $$;

-- Whether somebody else of the same statement moves what these rows are counted by or, where these
-- rows moved, changes what is counted by them. Ends what was noted of this table.
CREATE FUNCTION control.analytics_is_tangled(of_table text, has_moved boolean) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
DECLARE
  moving text := replace(coalesce(current_setting('control.moving', true), ''), ' ' || of_table, '');
  changing text := replace(coalesce(current_setting('control.changing', true), ''), ' ' || of_table, '');
BEGIN
  PERFORM set_config('control.moving', moving, true), set_config('control.changing', changing, true);
  RETURN moving <> '' OR (has_moved AND changing <> '');
END $$;

-- Holds what changed rows are counted by, so that nobody moves it before this transaction has ended.
-- A statement of READ COMMITTED then sees what was moved before; under REPEATABLE READ it would not,
-- so there FOR SHARE fails where a row has changed, and listings are held even where a transaction is.
CREATE FUNCTION control.analytics_hold(of_transactions uuid[], of_listings uuid[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
BEGIN
  IF current_setting('transaction_isolation') = 'read committed' THEN
    IF of_listings IS NOT NULL THEN
      PERFORM FROM marketplace.listings WHERE id = ANY (of_listings) ORDER BY id FOR KEY SHARE;
    END IF;
    IF of_transactions IS NOT NULL THEN
      PERFORM FROM marketplace.transactions WHERE id = ANY (of_transactions) ORDER BY id FOR KEY SHARE;
    END IF;
  ELSE
    PERFORM FROM marketplace.transactions WHERE id = ANY (of_transactions) ORDER BY id FOR SHARE;
    PERFORM FROM marketplace.listings
      WHERE id = ANY (of_listings || ARRAY(SELECT listing_id FROM marketplace.transactions WHERE id = ANY (of_transactions)))
      ORDER BY id FOR SHARE;
  END IF;
END $$;

-- ------------------------------------------------------------------------------------------------
-- What follows writes the triggers' statements, once for each table. It stays in the database, for
-- migrations to come.

-- A fact as SQL over the tables, with one of them replaced by changed rows; of some measures.
CREATE FUNCTION control.analytics_rows_sql(of_fact text, of_measures text[], sign int, replaced text, by_rows text)
  RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  f control.analytics_fact := (SELECT x FROM control.analytics_fact x WHERE x.fact = of_fact);
  source text := f.source;
  is_dependent boolean := f.source NOT LIKE '{' || replaced || '}%';
BEGIN
  -- Of dependent rows those are wanted that belong to a changed row, and no others.
  source := replace(source, '{join}', CASE WHEN is_dependent THEN 'JOIN' ELSE 'LEFT JOIN' END);
  source := replace(source, '{join_t}', CASE WHEN is_dependent AND replaced = 'transactions' THEN 'JOIN' ELSE 'LEFT JOIN' END);
  source := replace(source, '{' || replaced || '}', by_rows);
  source := regexp_replace(source, '\{(\w+)\}', 'marketplace.\1', 'g');
  RETURN format('SELECT %s AS at, %s, %s, (%s) AS lost FROM %s WHERE %s',
    f.at,
    CASE f.cube
      WHEN 'market' THEN $d$coalesce(l.category, 'unknown') AS category, coalesce(l.region, 'unknown') AS region$d$
      ELSE $d$coalesce(r.region, 'unknown') AS region, CASE WHEN r.is_buyer AND r.is_seller THEN 'both' WHEN r.is_buyer THEN 'buyer' ELSE 'seller' END AS user_type$d$
    END,
    (SELECT string_agg(
       CASE WHEN place IS NULL THEN format('NULL::int AS %I', measure)
            ELSE format('%s(%s) AS %I', CASE WHEN sign < 0 THEN '-' ELSE '' END, f.formulas[place], measure) END,
       ', ' ORDER BY ordinality)
     FROM unnest(of_measures) WITH ORDINALITY AS m (measure, ordinality),
          LATERAL (SELECT array_position(f.measures, measure)) AS p (place)),
    f.lost, source, f.only_if);
END $$;

-- Appends the deltas of some facts for the rows that a statement changed.
CREATE FUNCTION control.analytics_append_sql(facts text[], replaced text, operation text, activity text)
  RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  c control.analytics_cube := (
    SELECT x FROM control.analytics_cube x WHERE x.cube = (SELECT f.cube FROM control.analytics_fact f WHERE f.fact = facts[1]));
  dims text := array_to_string(c.dimensions, ', ');
  sums text[] := ARRAY(
    SELECT m FROM unnest(c.measures) WITH ORDINALITY AS u (m, o)
    WHERE EXISTS (SELECT FROM control.analytics_fact f WHERE f.fact = ANY (facts) AND m = ANY (f.measures)) ORDER BY o);
BEGIN
  RETURN format(
    'INSERT INTO control.%1$I (bucket, %2$s, %3$s, activity, doubt) '
    'SELECT date_trunc(''hour'', control.business_time(at)), %2$s, %4$s, %5$s, nullif(bool_or(lost), false) '
    'FROM (%6$s) change GROUP BY 1, %2$s%7$s;',
    c.cube || '_delta', dims,
    (SELECT string_agg(quote_ident(m), ', ' ORDER BY o) FROM unnest(sums) WITH ORDINALITY AS u (m, o)),
    (SELECT string_agg(format('sum(%I)', m), ', ' ORDER BY o) FROM unnest(sums) WITH ORDINALITY AS u (m, o)),
    activity,
    (SELECT string_agg(control.analytics_rows_sql(f, sums, s.sign, replaced, s.rows), ' UNION ALL ')
     FROM unnest(facts) f,
          (VALUES (-1, 'old_rows', '{UPDATE,DELETE}'::text[]), (1, 'new_rows', '{INSERT,UPDATE}')) s (sign, rows, operations)
     WHERE operation = ANY (s.operations)),
    -- What was added is never nothing.
    CASE operation WHEN 'INSERT' THEN '' ELSE
      format(' HAVING bool_or(lost) OR %s OR %s', activity,
        (SELECT string_agg(format('sum(%I) <> 0', m), ' OR ' ORDER BY o) FROM unnest(sums) WITH ORDINALITY AS u (m, o)))
    END);
END $$;

REVOKE EXECUTE ON FUNCTION control.analytics_note, control.analytics_changing, control.analytics_is_tangled, control.analytics_hold,
  control.analytics_rows_sql, control.analytics_append_sql FROM PUBLIC;

DO $do$
DECLARE
  t record;
  -- Only what an insert does not hold by its foreign keys.
  repeatable text := $d$IF current_setting('transaction_isolation') <> 'read committed' THEN %s END IF;$d$;
  doubt text := $d$INSERT INTO control.market_delta (bucket, activity, doubt) VALUES ('-infinity', true, true);$d$;
  isolation_doubt text := format(repeatable, doubt);
  -- Dependent rows that were written since the moved row d was, in the same transaction.
  written text := ' WHERE d.xmin = m.xmin AND d.cmin::text::bigint >= m.cmin::text::bigint) THEN ' || doubt || ' END IF;';
  counting text;
  hold text;
  old_hold text;
  both_hold text;
  moved text;
  changed text;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('transactions', 'market', '{transaction}'::text[], 'true', 'completed_at IS NOT NULL', NULL, 'listing_id'),
    ('disputes', 'market', '{dispute}', 'NULL::boolean', NULL, 'transaction_id', NULL),
    ('payouts', 'market', '{payout}', 'NULL::boolean', 'disbursed_at IS NOT NULL', 'transaction_id', NULL),
    ('inquiries', 'market', '{inquiry}', 'NULL::boolean', NULL, 'transaction_id', 'listing_id'),
    ('payment_attempts', 'market', '{attempt}', 'NULL::boolean', NULL, 'transaction_id', NULL),
    ('listings', 'market', '{listed,sold,closed}', 'NULL::boolean', NULL, NULL, NULL),
    ('users', 'people', '{registered,verified}', 'NULL::boolean', NULL, NULL, NULL)
  ) v (name, cube, facts, activity, counts, by_transaction, by_listing) LOOP
    counting := coalesce(' WHERE ' || t.counts, '');
    hold := CASE WHEN t.by_transaction IS NULL AND t.by_listing IS NULL THEN '' ELSE
      format('PERFORM control.analytics_hold(%s, %s);',
        coalesce('(SELECT array_agg(' || t.by_transaction || ') FROM {rows}' || counting || ')', 'NULL'),
        coalesce('(SELECT array_agg(' || t.by_listing || ') FROM {rows}' || counting || ')', 'NULL')) END;
    old_hold := replace(hold, '{rows}', 'old_rows');
    both_hold := replace(hold, '{rows}', '(TABLE old_rows UNION ALL TABLE new_rows) b');
    hold := replace(hold, '{rows}', 'new_rows');
    IF hold <> '' THEN
      hold := format(repeatable, hold);
    END IF;
    -- Who changes a transaction has its row, which whoever moves its listing wants too.
    IF t.name = 'transactions' THEN
      old_hold := format(repeatable, old_hold);
      both_hold := format(repeatable, both_hold);
    END IF;
    EXECUTE format($f$
CREATE FUNCTION control.%1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $body$
BEGIN
  IF current_setting('marketplace.bulk_load', true) = 'on' THEN
    INSERT INTO control.%2$I (bucket, activity, doubt) VALUES ('-infinity', true, true);
    RETURN NULL;
  END IF;
  %3$s
  %4$s
  %5$s
  RETURN NULL;
END $body$
$f$,
      'analytics_inserted_' || t.name, t.cube || '_delta',
      CASE WHEN t.counts IS NULL THEN '' ELSE
        format('IF NOT EXISTS (SELECT FROM new_rows WHERE %s) THEN RETURN NULL; END IF;', t.counts) END,
      hold, control.analytics_append_sql(t.facts, t.name, 'INSERT', t.activity));

    moved := CASE t.name
      WHEN 'transactions' THEN
        'EXISTS (SELECT FROM old_rows o LEFT JOIN new_rows n USING (id) WHERE (o.listing_id, o.completed_at) IS DISTINCT FROM (n.listing_id, n.completed_at))'
      WHEN 'listings' THEN
        'EXISTS (SELECT FROM old_rows o LEFT JOIN new_rows n USING (id) WHERE (o.category, o.region) IS DISTINCT FROM (n.category, n.region))'
      ELSE 'false' END;
    changed := CASE t.name
      WHEN 'transactions' THEN
        'moved := EXISTS (SELECT FROM old_rows o LEFT JOIN new_rows n USING (id)
      WHERE (o.listing_id, o.completed_at, o.buyer_id, o.seller_id) IS DISTINCT FROM (n.listing_id, n.completed_at, n.buyer_id, n.seller_id));'
        || control.analytics_append_sql(t.facts, t.name, 'UPDATE', 'moved')
        || 'IF has_moved THEN '
        || isolation_doubt
        || 'IF EXISTS (SELECT FROM new_rows n JOIN marketplace.transactions m USING (id) CROSS JOIN LATERAL (
             SELECT xmin, cmin FROM marketplace.disputes WHERE transaction_id = m.id
             UNION ALL SELECT xmin, cmin FROM marketplace.inquiries WHERE transaction_id = m.id
             UNION ALL SELECT xmin, cmin FROM marketplace.payouts WHERE transaction_id = m.id
             UNION ALL SELECT xmin, cmin FROM marketplace.payment_attempts WHERE transaction_id = m.id) d' || written
        || control.analytics_append_sql('{dispute,inquiry}', t.name, 'UPDATE', 'NULL::boolean')
        || ' END IF; IF EXISTS (SELECT FROM old_rows o LEFT JOIN new_rows n USING (id) WHERE o.listing_id <> n.listing_id) THEN '
        || control.analytics_append_sql('{payout,attempt}', t.name, 'UPDATE', 'NULL::boolean')
        || ' END IF;'
      WHEN 'listings' THEN
        control.analytics_append_sql(t.facts, t.name, 'UPDATE', t.activity)
        || 'IF has_moved THEN '
        || isolation_doubt
        || 'IF EXISTS (SELECT FROM new_rows n JOIN marketplace.listings m USING (id) CROSS JOIN LATERAL (
             SELECT xmin, cmin FROM marketplace.transactions WHERE listing_id = m.id
             UNION ALL SELECT xmin, cmin FROM marketplace.inquiries WHERE listing_id = m.id
             UNION ALL SELECT r.xmin, r.cmin FROM marketplace.transactions t JOIN marketplace.disputes r ON r.transaction_id = t.id WHERE t.listing_id = m.id
             UNION ALL SELECT r.xmin, r.cmin FROM marketplace.transactions t JOIN marketplace.payouts r ON r.transaction_id = t.id WHERE t.listing_id = m.id
             UNION ALL SELECT r.xmin, r.cmin FROM marketplace.transactions t JOIN marketplace.payment_attempts r ON r.transaction_id = t.id WHERE t.listing_id = m.id) d' || written
        || control.analytics_append_sql('{transaction}', t.name, 'UPDATE', 'true')
        || control.analytics_append_sql('{dispute,payout,inquiry,attempt}', t.name, 'UPDATE', 'NULL::boolean')
        || ' END IF;'
      ELSE control.analytics_append_sql(t.facts, t.name, 'UPDATE', t.activity)
    END;
    EXECUTE format($f$
CREATE OR REPLACE FUNCTION control.%1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $body$
DECLARE
  moved boolean;
  has_moved boolean := false;
BEGIN
  IF current_setting('marketplace.bulk_load', true) = 'on' THEN
    INSERT INTO control.%2$I (bucket, activity, doubt) VALUES ('-infinity', true, true);
    RETURN NULL;
  END IF;
  IF tg_op = 'DELETE' THEN
    %8$s
    IF NOT EXISTS (SELECT FROM old_rows WHERE %3$s) THEN RETURN NULL; END IF;
    %4$s
    %5$s
  ELSE
    %9$s
    %6$s
    %7$s
  END IF;
  RETURN NULL;
END $body$
$f$,
      'analytics_' || t.name, t.cube || '_delta', coalesce(t.counts, 'true'),
      old_hold, control.analytics_append_sql(t.facts, t.name, 'DELETE', t.activity),
      both_hold, changed,
      CASE WHEN t.name = 'users' THEN '' ELSE
        format('IF control.analytics_is_tangled(%L, false)', t.name)
        -- A row that is deleted and there all the same has another self, which nobody moved here.
        || CASE WHEN t.name IN ('listings', 'transactions') THEN format(' OR EXISTS (SELECT FROM old_rows JOIN marketplace.%I USING (id))', t.name) ELSE '' END
        || format(' THEN %s END IF;', doubt) END,
      CASE WHEN t.name = 'users' THEN '' ELSE
        CASE WHEN moved = 'false' THEN '' ELSE format('has_moved := %s;', moved) END
        || format('IF control.analytics_is_tangled(%L, has_moved) THEN %s END IF;', t.name, doubt) END);
    IF t.name NOT IN ('users', 'listings') THEN
      EXECUTE format('CREATE TRIGGER analytics_changing BEFORE UPDATE OR DELETE ON marketplace.%I '
        'FOR EACH STATEMENT EXECUTE FUNCTION control.analytics_changing()', t.name);
    END IF;
    EXECUTE format('CREATE OR REPLACE TRIGGER analytics_inserted AFTER INSERT ON marketplace.%I REFERENCING NEW TABLE AS new_rows '
      'FOR EACH STATEMENT EXECUTE FUNCTION control.%I()', t.name, 'analytics_inserted_' || t.name);
    EXECUTE format('REVOKE EXECUTE ON FUNCTION control.%I FROM PUBLIC', 'analytics_inserted_' || t.name);
  END LOOP;
END $do$;
DROP FUNCTION control.analytics_lock_listings, control.analytics_lock_transactions;
