-- What the source says of some months, computed in one place for rebuilds and for verification, and
-- in less than half of the time: by several workers of PostgreSQL (RETURN QUERY may be parallel, an
-- INSERT may not), and by a plan that it does not find itself. A month's rows are few beside the
-- tables that they are joined to, so they are looked up one by one; and it takes groups by the hour to
-- be as many as rows, and would sort them all.
DO $do$
DECLARE
  c control.analytics_cube;
  dims text;
  sums text;
BEGIN
  FOR c IN SELECT * FROM control.analytics_cube WHERE cube IN ('market', 'people') LOOP
    dims := array_to_string(c.dimensions, ', ');
    SELECT string_agg(format('coalesce(sum(x.%1$I), 0)::bigint AS %1$I', m), ', ' ORDER BY o) INTO sums
      FROM unnest(c.measures) WITH ORDINALITY AS u (m, o);

    -- The cells by hours that rollups must have: the source less what deltas will still bring.
    EXECUTE format($f$
CREATE FUNCTION control.%1$I(from_month date, until_month date) RETURNS SETOF control.%2$I
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = control, pg_temp
  SET jit = off SET work_mem = '64MB' SET plan_cache_mode = force_custom_plan SET random_page_cost = 1.1
  SET enable_hashjoin = off SET enable_mergejoin = off SET enable_sort = off
AS $body$
BEGIN
  RETURN QUERY
    SELECT x.bucket, %3$s, %4$s FROM (
      SELECT date_trunc('hour', control.business_time(s.at)) AS bucket, %5$s, %6$s FROM control.%7$I s
       WHERE s.at >= from_month::timestamp AT TIME ZONE 'Africa/Addis_Ababa'
         AND s.at < until_month::timestamp AT TIME ZONE 'Africa/Addis_Ababa'
      UNION ALL
      SELECT d.bucket, %8$s, %9$s FROM control.%10$I d
       WHERE d.bucket >= from_month AND d.bucket < until_month) x
    GROUP BY x.bucket, %3$s;
END $body$
$f$,
      'analytics_cells_' || c.cube, c.cube || '_hour',
      (SELECT string_agg('x.' || d, ', ' ORDER BY o) FROM unnest(c.dimensions) WITH ORDINALITY AS u (d, o)),
      sums,
      (SELECT string_agg('s.' || d, ', ' ORDER BY o) FROM unnest(c.dimensions) WITH ORDINALITY AS u (d, o)),
      (SELECT string_agg('s.' || m, ', ' ORDER BY o) FROM unnest(c.measures) WITH ORDINALITY AS u (m, o)),
      c.cube || '_source',
      (SELECT string_agg('d.' || d, ', ' ORDER BY o) FROM unnest(c.dimensions) WITH ORDINALITY AS u (d, o)),
      (SELECT string_agg('-d.' || m, ', ' ORDER BY o) FROM unnest(c.measures) WITH ORDINALITY AS u (m, o)),
      c.cube || '_delta');
    EXECUTE format('REVOKE EXECUTE ON FUNCTION control.%I FROM PUBLIC', 'analytics_cells_' || c.cube);

    -- What differs in a month between what is stored and that, at one snapshot.
    EXECUTE format($f$
CREATE OR REPLACE FUNCTION control.%1$I(from_month date, until_month date) RETURNS TABLE (cell jsonb, stored jsonb, in_source jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = control, pg_temp SET jit = off SET work_mem = '64MB' BEGIN ATOMIC
  WITH expected AS MATERIALIZED (SELECT * FROM control.%2$I(from_month, until_month)),
  wanted AS (
    SELECT 'hour' AS grain, * FROM expected
    UNION ALL SELECT 'day', date_trunc('day', bucket), %3$s, %4$s FROM expected x GROUP BY 2, %3$s
    UNION ALL SELECT 'month', date_trunc('month', bucket), %3$s, %4$s FROM expected x GROUP BY 2, %3$s),
  found AS (
    SELECT 'hour' AS grain, h.* FROM control.%5$I h WHERE bucket >= from_month AND bucket < until_month
    UNION ALL SELECT 'day', d.* FROM control.%6$I d WHERE bucket >= from_month AND bucket < until_month
    UNION ALL SELECT 'month', m.* FROM control.%7$I m WHERE bucket >= from_month AND bucket < until_month),
  compared AS (
    SELECT grain, bucket, %3$s, %8$s FROM wanted FULL JOIN found USING (grain, bucket, %3$s)
    WHERE (%9$s) IS DISTINCT FROM (%10$s))
  SELECT jsonb_build_object('grain', grain, 'bucket', bucket, %11$s),
         jsonb_strip_nulls(jsonb_build_object(%12$s)), jsonb_strip_nulls(jsonb_build_object(%13$s))
  FROM compared ORDER BY grain DESC, bucket, %3$s;
END
$f$,
      'differences_' || c.cube, 'analytics_cells_' || c.cube, dims, sums,
      c.cube || '_hour', c.cube || '_day', c.cube || '_month',
      (SELECT string_agg(format('found.%1$I AS %2$I, wanted.%1$I AS %3$I', m, 'stored_' || m, 'source_' || m), ', ') FROM unnest(c.measures) m),
      (SELECT string_agg(format('coalesce(found.%I, 0)', m), ', ') FROM unnest(c.measures) m),
      (SELECT string_agg(format('coalesce(wanted.%I, 0)', m), ', ') FROM unnest(c.measures) m),
      (SELECT string_agg(format('%L, %I', d, d), ', ') FROM unnest(c.dimensions) d),
      -- Only what differs, for evidence that one can read; a function takes 100 arguments at most.
      (SELECT string_agg(format('%1$L, CASE WHEN %2$I IS DISTINCT FROM %3$I THEN coalesce(%2$I, 0) END', m, 'stored_' || m, 'source_' || m), ', ') FROM unnest(c.measures) m),
      (SELECT string_agg(format('%1$L, CASE WHEN %2$I IS DISTINCT FROM %3$I THEN coalesce(%3$I, 0) END', m, 'stored_' || m, 'source_' || m), ', ') FROM unnest(c.measures) m));

    -- Makes the cells of whole months anew.
    EXECUTE format($f$
CREATE OR REPLACE FUNCTION control.%1$I(from_month date, until_month date) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp SET jit = off SET work_mem = '64MB' AS $body$
DECLARE
  cells int;
  cube_epoch bigint;
BEGIN
  PERFORM control.analytics_lock(true);
  SELECT epoch INTO cube_epoch FROM control.analytics_cube WHERE cube = %2$L;
  DELETE FROM control.%3$I WHERE bucket >= from_month AND bucket < until_month;
  DELETE FROM control.%4$I WHERE bucket >= from_month AND bucket < until_month;
  DELETE FROM control.%5$I WHERE bucket >= from_month AND bucket < until_month;
  INSERT INTO control.%3$I SELECT * FROM control.%6$I(from_month, until_month);
  GET DIAGNOSTICS cells = ROW_COUNT;
  INSERT INTO control.%4$I SELECT date_trunc('day', bucket), %7$s, %8$s FROM control.%3$I x
    WHERE bucket >= from_month AND bucket < until_month GROUP BY 1, %7$s;
  INSERT INTO control.%5$I SELECT date_trunc('month', bucket), %7$s, %8$s FROM control.%4$I x
    WHERE bucket >= from_month AND bucket < until_month GROUP BY 1, %7$s;
  UPDATE control.rollup_month_check SET quarantined_at = NULL, verified_at = NULL, epoch = epoch + 1, rebuilt_epoch = cube_epoch
    WHERE cube = %2$L AND month >= from_month AND month < until_month;
  INSERT INTO control.rollup_month_check (cube, month, epoch, rebuilt_epoch)
    SELECT %2$L, bucket::date, 1, cube_epoch FROM control.%5$I WHERE bucket >= from_month AND bucket < until_month
    GROUP BY bucket
    ON CONFLICT DO NOTHING;
  RETURN cells;
END $body$
$f$,
      'rebuild_' || c.cube, c.cube, c.cube || '_hour', c.cube || '_day', c.cube || '_month',
      'analytics_cells_' || c.cube, dims, sums);
  END LOOP;
END $do$;
