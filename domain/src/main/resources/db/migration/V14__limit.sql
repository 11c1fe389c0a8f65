-- How often somebody did something lately, for limits over a sliding window that hold across all
-- servers. docs/decisions/0017-sliding-window.md says why it is not a bucket.
--
-- Not logged: a crash of the database forgets the last minute of calls, which is all it knows.
CREATE UNLOGGED TABLE control.call_window (
  call_limit text          NOT NULL,
  subject    text          NOT NULL,
  calls      timestamptz[] NOT NULL,
  PRIMARY KEY (call_limit, subject)
) WITH (fillfactor = 50);
COMMENT ON TABLE control.call_window IS 'The calls of the last window that count for a limit; one row for each person, so it needs no cleaning.';
COMMENT ON COLUMN control.call_window.call_limit IS 'The limit.';
COMMENT ON COLUMN control.call_window.subject IS 'Whose calls they are.';
COMMENT ON COLUMN control.call_window.calls IS 'When, the oldest first; at most as many as the limit admits.';

-- Counts a call if the window before it has room. Callers of one person wait for each other here, so
-- two servers never admit the same last place; the clock is the database's, read after that wait.
CREATE FUNCTION control.count_call(of_limit text, of_subject text, most int, span interval, test_clock timestamptz)
  RETURNS TABLE (admitted boolean, used int, oldest_at timestamptz, counted_at timestamptz)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = control, pg_temp AS $$
DECLARE
  kept timestamptz[];
BEGIN
  INSERT INTO control.call_window AS w (call_limit, subject, calls) VALUES (of_limit, of_subject, '{}')
    ON CONFLICT (call_limit, subject) DO NOTHING;
  SELECT w.calls INTO STRICT kept FROM control.call_window w
    WHERE w.call_limit = of_limit AND w.subject = of_subject FOR UPDATE;
  counted_at := coalesce(test_clock, clock_timestamp());
  kept := ARRAY(SELECT c FROM unnest(kept) c WHERE c > counted_at - span ORDER BY c);
  admitted := cardinality(kept) < most;
  IF admitted THEN
    kept := kept || counted_at;
    UPDATE control.call_window w SET calls = kept WHERE w.call_limit = of_limit AND w.subject = of_subject;
  END IF;
  used := cardinality(kept);
  oldest_at := kept[1];
  RETURN NEXT;
END $$;
REVOKE EXECUTE ON FUNCTION control.count_call FROM PUBLIC;
GRANT EXECUTE ON FUNCTION control.count_call TO control_api, control_worker;
