-- Platform events, each stored once by (source, source_id) however often it is sent.
CREATE TABLE control.event (
  id          uuid PRIMARY KEY,
  source      text        NOT NULL CHECK (length(source) BETWEEN 1 AND 255),
  source_id   text        NOT NULL CHECK (length(source_id) BETWEEN 1 AND 255),
  type        text        NOT NULL,
  subject     text,
  time        timestamptz,
  data        jsonb       NOT NULL,
  received_at timestamptz NOT NULL,
  received_by text        NOT NULL,
  request_id  text,
  UNIQUE (source, source_id)
);
COMMENT ON TABLE control.event IS 'CloudEvents as they were sent; what they say of an entity is never believed where money moves.';
CREATE INDEX event_type_time ON control.event (type, received_at);
CREATE TRIGGER event_append_only BEFORE UPDATE ON control.event
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();
GRANT SELECT, INSERT ON control.event TO control_api;
GRANT SELECT ON control.event TO control_worker;
